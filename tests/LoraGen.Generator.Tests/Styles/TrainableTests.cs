using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>[Trainable] on members: the trained modules, their adapters, and their documentation in the generated file.</summary>
[Collection(nameof(RunsTorch))]
public sealed class TrainableTests
{
    private const string Model = """
        #pragma warning disable LORA3003 // the list that TorchSharp does not look into
        [Lora(Rank = 1, Alpha = 4)]
        [Lora(Name = "style", Rank = 1)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly ModuleList<Block> blocks = new(new Block(), new Block());
            [Trainable] private readonly Linear head = Linear(4, 4);
            [Trainable(Name = "style")] internal Linear Tail { get; } = Linear(4, 4);
            [Trainable] private readonly Hidden hidden = new();
            [Trainable, LoraIgnore] private readonly List<Linear> loose = [Linear(4, 4)];
            [Trainable] private readonly Linear? missing = null;

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                x = blocks[1].forward(blocks[0].forward(fc.forward(x)));
                return (missing ?? Tail).forward(loose[0].forward(hidden.forward(head.forward(x))));
            }

            private sealed class Hidden : Plain;
        }

        public class Block : Module<Tensor, Tensor>
        {
            [Trainable] private readonly LayerNorm norm = LayerNorm(4);
            private readonly Linear fc = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(norm.forward(x));
        }

        public class Plain : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Plain() : base("Plain") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;

    [Theory]
    [InlineData("Lora", "fc blocks.0.fc blocks.1.fc Tail", "blocks.0.norm blocks.1.norm head hidden.fc loose.0")]
    [InlineData("StyleLora", "fc blocks.0.fc blocks.1.fc", "blocks.0.norm blocks.1.norm head Tail hidden.fc loose.0")]
    public void A_trainable_member_gets_no_site(string adapter, string sites, string trained)
    {
        var outcome = TestProject.Project.Files(Model + $$"""

            public static class Program
            {
                public static string Run()
                {
                    using var model = new Model();
                    using var lora = model.Attach{{adapter}}();
                    model.call(torch.ones(2, 4)).sum().backward();
                    var training = model.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name);
                    return string.Join(" ", lora.Sites.Select(site => site.Path)) + "|" + string.Join(" ", training) + "|" + lora.Parameters().Count;
                }
            }
            """).Run();
        using var code = outcome.Load();
        var said = ((string)code.Assembly.GetType("Program")!.GetMethod("Run")!.Invoke(null, null)!).Split('|');

        Assert.Equal(sites, said[0]);
        var expected = trained.Split(' ').Except(["loose.0"]).Select(path => path == "Tail" ? "<Tail>k__BackingField" : path).Order();
        Assert.Equal(expected, said[1].Split(' ').Select(name => name[..name.LastIndexOf('.')]).Distinct().Order());
        Assert.Equal(2 * (sites.Split(' ').Length + trained.Split(' ').Length), int.Parse(said[2]));
        Analysis.EnsureSilent(outcome);

        var file = outcome[$"Model.{adapter}.g.cs"];
        Assert.Contains("// Trained as a whole:\n", file, StringComparison.Ordinal);
        Assert.Contains("//   blocks.*.norm  LayerNorm\n", file, StringComparison.Ordinal);
        Assert.Contains("/// <item><c>head</c>: Linear(4 → 4), trained as a whole</item>", file, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adapter_and_whole_training_exclude_each_other()
    {
        var outcome = TestProject.Project.Without(Checks.Compiles | Checks.Text).Files("""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);
                [Trainable, Lora(Rank = 4)] private readonly Linear head = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
            }
            """).Run();

        Assert.Contains(
            "// No LoRA adapter of Model: head has both [Lora] and [Trainable]; it either gets an adapter or is trained as a whole.",
            outcome["Model.Lora.g.cs"],
            StringComparison.Ordinal);
    }
}
