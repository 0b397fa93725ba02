using System.Reflection;

namespace LoraGen.Generator.Tests.Interceptors;

/// <summary>A model that is trained by something else than its forward: saving and merging check that its sites were reached.</summary>
[Collection(nameof(Styles.RunsTorch))]
public sealed class ReachedElsewhereTests
{
    private const string Model = """
        [Lora(Rank = 2)]
        public class Model : nn.Module
        {
            public readonly Block Encoder = new();
            public readonly Block Decoder = new();
            private readonly Linear first = Linear(4, 4);
            private readonly Linear second = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public Tensor Predict(Tensor x)
            {
                Func<Tensor, Tensor> run = second.forward;
                return run(first.forward(x));
            }

            public Tensor Whole(Tensor x) => second.forward(first.forward(x));
        }

        public class Block : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> experts = new(Linear(4, 4), Linear(4, 4));

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => experts[0].forward(x);
        }

        public static class Program
        {
            public static string Run(Action<Model, ModelLora> calls, Action<ModelLora> end)
            {
                using var model = new Model();
                using var lora = model.AttachLora();
                calls(model, lora);
                return Try() + "|" + Try();

                string Try()
                {
                    try
                    {
                        end(lora);
                        return "done";
                    }
                    catch (InvalidOperationException error)
                    {
                        return error.Message;
                    }
                }
            }

            public static string Test()
            {
                var x = torch.ones(2, 4);
                var folder = System.IO.Directory.CreateTempSubdirectory().FullName;
                try
                {
                    return Run((model, lora) => CALLS, lora => END);
                }
                finally
                {
                    System.IO.Directory.Delete(folder, recursive: true);
                }
            }
        }
        """;

    [Theory]
    [InlineData("model.Predict(x)", "lora.Save(folder)", "1 of its 6 sites: second", "call Save again")]
    [InlineData("model.Predict(x)", "lora.Merge()", "1 of its 6 sites: second", "call Merge again")]
    [InlineData("model.Encoder.call(x)", "lora.Save(folder)", "1 of its 6 sites: Encoder.experts.1", "call Save again")]
    [InlineData("model.Encoder.forward(x)", "lora.Save(folder)", "1 of its 6 sites: Encoder.experts.1", "call Save again")]
    public void What_a_block_skipped_is_named_once(string calls, string end, string expected, string advice)
    {
        var said = Run(calls, end).Split('|');

        Assert.StartsWith($"Adapter \"default\": calls reached other layers beside them, but not {expected}. ", said[0], StringComparison.Ordinal);
        Assert.Contains(advice, said[0], StringComparison.Ordinal);
        Assert.Equal("done", said[1]);
    }

    [Theory]
    [InlineData("model.Whole(x)", "lora.Save(folder)")]
    [InlineData("{ using var _ = torch.no_grad(); model.Predict(x); }", "lora.Save(folder)")]
    [InlineData("{ }", "lora.Save(folder)")]
    [InlineData("{ model.Predict(x); lora.IsActive = false; }", "lora.Save(folder)")]
    public void Nothing_is_said_of_what_ran_whole_or_was_not_trained(string calls, string end)
    {
        Assert.StartsWith("done|", Run(calls, end), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"experts.*\"")]
    [InlineData("new[] { \"first\", \"Encoder.experts.1\" }")]
    [InlineData("true")]
    public void Sites_can_be_left_out(string allowed)
    {
        Assert.Equal("done|done", Run("model.Encoder.forward(x)", "lora.Save(folder)", $", AllowUnreached = {allowed}"));
    }

    [Fact]
    public void A_pattern_of_no_site_is_refused_when_attaching()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Run("{ }", "lora.Save(folder)", ", AllowUnreached = \"exparts.*\""));

        Assert.StartsWith(
            "Adapter \"default\" on Model: AllowUnreached \"exparts.*\" matches none of the adapted layers.", error.Message, StringComparison.Ordinal);
    }

    private static string Run(string calls, string end, string options = "")
    {
        var source = Model.Replace("CALLS", calls).Replace("END", end).Replace("Rank = 2", "Rank = 2" + options);
        using var code = TestProject.Project.Files(source).Run().Load();
        try
        {
            return (string)code.Type("Program").GetMethod("Test", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null)!;
        }
        catch (TargetInvocationException error)
        {
            throw error.InnerException!;
        }
    }
}
