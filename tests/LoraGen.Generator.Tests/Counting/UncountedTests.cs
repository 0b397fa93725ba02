using LoraGen.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>What can't be told from the source: then there is no count, and never a wrong one.</summary>
public sealed class UncountedTests
{
    [Theory]
    [InlineData("second = Make(config.Width);", "Model.Make: lock (Shared) return Linear(width, width); can't be told from the source")]
    [InlineData("second = Linear(config.Double(), 2);", "Model: config.Double() can't be told from the source")]
    [InlineData("AddMore();", "Model.AddMore: blocks.Clear() can't be told from the source")]
    [InlineData("var made = Added(); second = Linear(1, 1);", "Model: Added() can't be told from the source")]
    [InlineData("Fill(this);", "Model.Fill: model.register_module(\"x\", Linear(1, 1)) can't be told from the source")]
    [InlineData("var lazy = new Lazy<int>(() => Added()); second = Linear(1, 1);", "Model: new Lazy<int>(() => Added()) can't be told from the source")]
    [InlineData("while (size < 3) blocks.Add(new Block(1));", "Model: size can't be told from the source")]
    [InlineData("config.Width = 3; second = Linear(config.Width, 3);", "Model: config.Width = 3 can't be told from the source")]
    [InlineData("blocks[0] = new Block(3);", "Model: blocks[0] = new Block(3) can't be told from the source")]
    [InlineData("second = Linear(Counter, 3);", "Model: Counter can't be told from the source")]
    [InlineData("second = Linear(Random.Shared.Next(), 3);", "Model: Random.Shared.Next() can't be told from the source")]
    [InlineData("second = new Holder { Made = Linear(1, 1) }.Made;", "Model: new Holder { Made = Linear(1, 1) }.Made can't be told from the source")]
    [InlineData("if (System.IO.File.Exists(config.Kind)) second = Linear(1, 1);", "Model: System.IO.File.Exists(config.Kind) can't be told from the source")]
    [InlineData("size = Added(); size = config.Width; second = Linear(size, 2);", "Model: Added() can't be told from the source")]
    [InlineData("second = Linear(Parameter(torch.ones(3, 4)));", "Model: Parameter(torch.ones(3, 4)) can't be told from the source")]
    [InlineData("var dict = new ModuleDict<Block>(); dict[\"a\"] = new Block(1);", "Model: dict[\"a\"] = new Block(1) can't be told from the source")]
    [InlineData("third = new Wrap<Linear>(Linear(1, 1));", "Wrap: the class is generic")]
    [InlineData("third = new Other(config);", "Other.Inner: config.Double() can't be told from the source")]
    [InlineData("blocks.Add(new Block(config.Kind.Length < 3 ? 2 : Added()));", "Model: config.Kind.Length < 3 ? 2 : Added() can't be told from the source")]
    public void Statement(string body, string why)
    {
        var source = CountedModel.WithConstructor("Config config", "this.config = config; " + body, """
            public static int Counter { get; set; }
            private static readonly object Shared = new();
            private static Linear Make(int width) { lock (Shared) return Linear(width, width); }
            private static void Fill(Model model) => model.register_module("x", Linear(1, 1));
            private void AddMore() => blocks.Clear();
            private int Added() { AddMore(); return 3; }
            """) + """

            internal sealed class Holder
            {
                public Linear? Made { get; init; }
            }

            internal sealed class Wrap<T>(T inner) : Module<Tensor, Tensor>("Wrap")
                where T : Module<Tensor, Tensor>
            {
                private readonly T inner = inner;

                public override Tensor forward(Tensor x) => inner.forward(x);
            }

            internal sealed class Other(Config config) : Module<Tensor, Tensor>("Other")
            {
                private readonly Linear fc = Linear(Inner(config), 3);

                private static int Inner(Config config) => config.Double();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """;
        CountedModel.IsUncounted(source, why);
    }

    // In an IDE that is a compilation, in a build a file.
    [Fact]
    public void Module_of_a_referenced_project()
    {
        var library = Lora.Project.Files("""
            public class Near : Module<Tensor, Tensor>
            {
                private readonly Linear fc;

                public Near() : base("Near")
                {
                    fc = Linear(Width, 4);
                    RegisterComponents();
                }

                public static long Width => 4;

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """).Run().Output.WithAssemblyName("Library");
        var input = Lora.Project.Without(Checks.All).Files("""
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Near near = new();

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => near.call(x);
            }
            """).Run().Input;

        var driver = CSharpGeneratorDriver.Create(new LoraGenerator()).RunGenerators(input.AddReferences(library.ToMetadataReference()));
        var text = Assert.Single(driver.GetRunResult().GeneratedTrees).ToString();
        Assert.Contains("//   Near: its source is in another assembly\n", text);
    }
}
