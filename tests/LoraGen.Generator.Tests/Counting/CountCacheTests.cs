using LoraGen.Generator.Counting;
using LoraGen.Generator.Reading;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>What is read of a model is read again after each edit that it may hang on; the count, which hangs on the most, is kept after others.</summary>
public sealed class CountCacheTests
{
    private const string Files = """
        // file: Model.cs
        [Lora(Rank = 2)]
        public partial class Model : Root
        {
            private readonly Linear first;
            private readonly Linear second = Linear(Config.Inner, 3);
            private readonly Block block;

            public Model(Config config) : base(config.Width)
            {
                first = Linear(config.Width, (int)Kind.Wide);
                block = new Block(Config.Shared);
                register_module(Config.Name, Linear(1, 1));
                block.Head.weight = first.weight;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => block.forward(x);
        }
        // file: Root.cs
        public abstract class Root(long width) : Module<Tensor, Tensor>("Root")
        {
            private readonly Linear root = Linear(width, 5);
        }
        // file: Block.cs
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear up;

            public Block(long width, int factor = 4) : base("Block")
            {
                up = Linear(width, factor * width);
                Head = Linear(2, 2);
                RegisterComponents();
            }

            public Linear Head { get; set; }

            public override Tensor forward(Tensor x) => up.forward(x);
        }
        // file: Config.cs
        public enum Kind { Wide = 7 }
        public class Config
        {
            public const int Inner = 2 * Twice;
            public const string Name = $"late{Suffix}";
            public const string Suffix = "r";
            public static readonly int Shared = 9;
            public int Width { get; set; } = 4;
            private const int Twice = 8;

            public int Double()
            {
                return 2 * Width;
            }
        }
        // file: Other.cs
        public static class Making
        {
            public static object Linear(long inputs, long outputs) => inputs + outputs;
        }
        public static class Other
        {
            private static int calls = 3;

            public static int Answer()
            {
                return calls + 42;
            }
        }
        """;

    private static readonly GeneratorRun Project = Lora.DesignTime.Files(Files).Without(Checks.All);

    [Theory]
    [InlineData("Other.cs", "calls + 42", "calls + 43")]
    [InlineData("Other.cs", "return calls + 42;", "var width = new Model(new Config()); return 1;")]
    [InlineData("Other.cs", "calls = 3", "calls = 4")]
    [InlineData("Other.cs", "public static int Answer", "/// <summary>The answer.</summary>\n    public static int Answer")]
    [InlineData("Config.cs", "2 * Width", "3 * Width")]
    [InlineData("Config.cs", "Shared = 9", "Shared = 10")]
    public void Kept(string file, string old, string replacement)
    {
        var cache = new ReadCache();
        var first = Project.Run();
        var edited = first.After(Edit.Replace(file, old, replacement));

        Assert.Same(Read(cache, first.Input), Read(cache, edited.Input));
        Assert.Equal(edited.Sources, Cold(edited));
    }

    [Theory]
    [InlineData("Model.cs", "config.Width, (int)", "config.Width + 1, (int)", "config.Width + 1")]
    [InlineData("Model.cs", "Config.Inner, 3", "Config.Inner, 33", "outputSize: 33")]
    [InlineData("Root.cs", "Linear(width, 5)", "Linear(width, 55)", "outputSize: 55")]
    [InlineData("Block.cs", "Linear(2, 2)", "Linear(2, 22)", "outputSize: 22")]
    [InlineData("Block.cs", "factor = 4", "factor = 44", "44")]
    [InlineData("Config.cs", "Wide = 7", "Broad = 7", "No Count")]
    [InlineData("Config.cs", "Twice = 8", "Twice = 88", "inputSize: 176")]
    [InlineData("Config.cs", "Suffix = \"r\"", "Suffix = \"st\"", "\"latest\"")]
    [InlineData("Config.cs", "$\"late{Suffix}\"", "$\"soon{Suffix}\"", "\"soonr\"")]
    [InlineData("Config.cs", "static readonly int Shared", "static int Shared", "No Count")]
    [InlineData("Config.cs", "public int Width", "private int Width", "No Count")]
    [InlineData("Usings.cs", "global using static TorchSharp.torch.nn;", "global using static TorchSharp.torch.nn;\nglobal using static Making;", "No Count")]
    [InlineData("Other.cs", "public static class Making", "[assembly: LinearLayer(typeof(Block))] public static class Making", "No Count")]
    [InlineData("Other.cs", "public static class Making", "partial class Model { Linear? Linear(int a, int b) { lock (this) return null; } } static class Making", "No Count")]
    public void Read_again(string file, string old, string replacement, string expected)
    {
        var cache = new ReadCache();
        var first = Project.Run();
        var known = Read(cache, first.Input);
        var edited = first.After(Edit.Replace(file, old, replacement));

        Assert.NotEqual(known, Read(cache, edited.Input));
        Assert.Equal(Cold(edited), edited.Sources);
        Assert.DoesNotContain(expected, first["Model.Lora.g.cs"]);
        Assert.Contains(expected, edited["Model.Lora.g.cs"]);
    }

    [Fact]
    public void Other_references_options_and_names_are_another_project()
    {
        var project = Project.Run().Input;
        var cache = new ReadCache();
        var first = Read(cache, project);

        Assert.Same(first, Read(cache, project));
        Assert.NotSame(first, Read(cache, project.WithAssemblyName("Elsewhere")));
        var named = Read(cache, project);
        Assert.NotSame(named, Read(cache, project.WithOptions(project.Options.WithOverflowChecks(true))));
        Assert.NotEqual(first, Read(cache, project.RemoveReferences(project.References.Last())));
        Assert.Equal(first, Read(cache, project));
    }

    /// <summary>A cache that served one project tells nothing of it to another.</summary>
    [Fact]
    public void Back_and_forth()
    {
        var cache = new ReadCache();
        var first = Project.Run();
        var second = first.After(Edit.Replace("Block.cs", "factor * width", "width + factor"));
        var expected = Read(new ReadCache(), second.Input);
        Assert.NotEqual(expected, Read(new ReadCache(), first.Input));
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(Read(new ReadCache(), first.Input), Read(cache, first.Input));
            Assert.Equal(expected, Read(cache, second.Input));
        }
    }

    private static IReadOnlyDictionary<string, string> Cold(GeneratorOutcome outcome)
    {
        var files = outcome.Input.SyntaxTrees.Select(tree => new SourceFile(tree.FilePath, tree.ToString()));
        return (Project with { Sources = [.. files] }).Run().Sources;
    }

    private static CountFacts Read(ReadCache cache, CSharpCompilation project)
    {
        return CountReader.Read(project.GetTypeByMetadataName("Model")!, project, cache, new ReadFiles(), CancellationToken.None);
    }
}
