using System.Reflection;

namespace LoraGen.Generator.Tests.Interceptors;

/// <summary>A site that the model's call does not reach is an error, however the model is called.</summary>
[Collection(nameof(Styles.RunsTorch))]
public class UnreachedTests
{
    private const string Program = """

        public static class Program
        {
            public static string Run()
            {
                using var model = new Model();
                using var lora = model.AttachLora();
                var first = Try(model);
                return first + "|" + Try(model);
            }

            private static string Try(Model model)
            {
                try
                {
                    CALL;
                    return "ran";
                }
                catch (InvalidOperationException error)
                {
                    return error.Message;
                }
            }
        }
        """;

    private const string MethodGroup = """
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear first = Linear(4, 4);
            private readonly Linear second = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                Func<Tensor, Tensor> run = second.forward;
                return run(first.forward(x));
            }
        }
        """;

    [Theory]
    [InlineData("model.call(torch.ones(2, 4))")]
    [InlineData("model.forward(torch.ones(2, 4))")]
    [InlineData("((Module<Tensor, Tensor>)model).forward(torch.ones(2, 4))")]
    public void It_is_said_once(string call)
    {
        var said = Run(MethodGroup, call).Split('|');

        Assert.StartsWith("Adapter \"default\": the model ran without reaching 1 of its 2 sites: second.", said[0], StringComparison.Ordinal);
        Assert.Contains("AllowUnreached = true", said[0], StringComparison.Ordinal);
        Assert.Equal("ran", said[1]);
    }

    [Fact]
    public void It_can_be_allowed()
    {
        Assert.Equal("ran|ran", Run(MethodGroup.Replace("Rank = 2", "Rank = 2, AllowUnreached = true"), "model.call(torch.ones(2, 4))"));
    }

    [Fact]
    public void A_part_of_the_model_can_be_allowed()
    {
        Assert.Equal("ran|ran", Run(MethodGroup.Replace("Rank = 2", "Rank = 2, AllowUnreached = \"second\""), "model.call(torch.ones(2, 4))"));
        Assert.StartsWith(
            "Adapter \"default\": the model ran without reaching 1 of its 2 sites: second.",
            Run(MethodGroup.Replace("Rank = 2", "Rank = 2, AllowUnreached = new[] { \"first\" }"), "model.call(torch.ones(2, 4))"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_is_what_the_layers_can_follow()
    {
        var embedding = MethodGroup.Replace("Linear second = Linear(4, 4)", "Embedding second = Embedding(4, 4)")
            .Replace("Rank = 2", "Rank = 2, Targets = [\"*\"]").Replace("return run(first.forward(x))", "_ = run; return first.forward(x)");

        Assert.Contains("or set Reparametrize = true", Run(MethodGroup, "model.call(torch.ones(2, 4))"), StringComparison.Ordinal);
        Assert.DoesNotContain("Reparametrize", Run(embedding, "model.call(torch.ones(2, 4))"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_expected_again_after_the_code_was_updated()
    {
        const string Update = """
            typeof(LoraAttribute).Assembly.GetType("LoraGen.Sites.HotReload")!.GetMethod("UpdateApplication")!.Invoke(null, [null]);
            """;
        var said = Run(MethodGroup, "model.call(torch.ones(2, 4))", prepare: $"_ = Try(model); {Update}").Split('|');

        Assert.StartsWith("Adapter \"default\": the model ran without reaching 1 of its 2 sites: second.", said[0], StringComparison.Ordinal);
        Assert.Equal("ran", said[1]);
    }

    [Fact]
    public void What_is_off_or_merged_is_not_expected()
    {
        Assert.Equal("ran|ran", Run(MethodGroup, "model.call(torch.ones(2, 4))", prepare: "lora.IsActive = false;"));
        Assert.Equal("ran|ran", Run(MethodGroup, "model.call(torch.ones(2, 4))", prepare: "lora.Merge();"));
        Assert.Equal("ran|ran", Run(MethodGroup, "model.call(torch.ones(2, 4))", prepare: "lora.Detach();"));
    }

    [Theory]
    [InlineData("Module<Tensor, Tensor, Tensor>", "override Tensor forward(Tensor x, Tensor y)", "model.call(torch.ones(2, 4), torch.ones(2, 4))")]
    [InlineData("Module<Tensor, Tensor, Tensor>", "override Tensor forward(Tensor x, Tensor y)", "model.forward(torch.ones(2, 4), torch.ones(2, 4))")]
    [InlineData("Module<Tensor, (Tensor, Tensor?)>", "override (Tensor, Tensor?) forward(Tensor x)", "model.call(torch.ones(2, 4))")]
    [InlineData("Module<Tensor, (Tensor, Tensor?)>", "override (Tensor, Tensor?) forward(Tensor x)", "model.forward(torch.ones(2, 4))")]
    [InlineData("nn.Module", "Tensor forward(Tensor x, Tensor? mask = null, int offset = 0)", "model.forward(torch.ones(2, 4), offset: 1)")]
    public void Models_of_every_shape(string baseClass, string signature, string call)
    {
        var result = signature.Contains("(Tensor, Tensor?)") ? "(fc.weight, null)" : "fc.weight";
        var source = $$"""
            [Lora(Rank = 2)]
            public class Model : {{baseClass}}
            {
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public {{signature}} => {{result}};
            }
            """;

        Assert.Contains("without reaching 1 of its 1 sites: fc", Run(source, call), StringComparison.Ordinal);
    }

    private static string Run(string model, string call, string prepare = "")
    {
        var program = Program.Replace("CALL", call).Replace("var first", prepare + " var first");
        using var code = TestProject.Project.Files(model + program).Run().Load();
        return (string)code.Type("Program").GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null)!;
    }
}
