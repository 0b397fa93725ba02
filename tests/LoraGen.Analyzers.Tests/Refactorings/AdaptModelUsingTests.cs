namespace LoraGen.Analyzers.Tests.Refactorings;

/// <summary>Where the refactoring puts <c>using LoraGen;</c>, and where it needs none.</summary>
public sealed class AdaptModelUsingTests
{
    private const string Model = """
        public sealed class $$Model() : Module<Tensor, Tensor>("Model")
        {
            public override Tensor forward(Tensor x) => x;
        }

        """;

    private static readonly string Adapted = "[Lora(Rank = 8, Alpha = 16)]\n" + Model.Replace("$$", "", StringComparison.Ordinal);

    private static readonly string WithoutLoraGen = LoraProject.Usings.Replace("global using LoraGen;\n", "", StringComparison.Ordinal);

    [Fact]
    public void In_order_among_others() => AssertBecomes(
        "using System;\nusing System.Linq;\nusing TorchSharp;\nusing static TorchSharp.torch;\n\n" + Model,
        "using System;\nusing System.Linq;\nusing LoraGen;\nusing TorchSharp;\nusing static TorchSharp.torch;\n\n" + Adapted);

    [Fact]
    public void Behind_the_last() => AssertBecomes(
        "using System;\nusing System.Text;\n\n" + Model,
        "using System;\nusing System.Text;\nusing LoraGen;\n\n" + Adapted);

    [Fact]
    public void Below_the_heading_of_the_file() => AssertBecomes(
        "// A heading.\nusing TorchSharp;\n\nnamespace Here;\n\n" + Model, "// A heading.\nusing LoraGen;\nusing TorchSharp;\n\nnamespace Here;\n\n" + Adapted);

    [Fact]
    public void Behind_global_ones() => AssertBecomes(
        "global using System.Text;\nglobal using TorchSharp.Utils;\n\n" + Model,
        "global using System.Text;\nglobal using TorchSharp.Utils;\nusing LoraGen;\n\n" + Adapted);

    [Fact]
    public void As_the_first() => AssertBecomes("namespace Here;\n\n" + Model, "using LoraGen;\n\nnamespace Here;\n\n" + Adapted);

    [Fact]
    public void Above_what_documents_the_class() => AssertBecomes(
        "// A heading.\n\n/// <summary>A model.</summary>\n" + Model, "// A heading.\n\nusing LoraGen;\n\n/// <summary>A model.</summary>\n" + Adapted);

    [Fact]
    public void Not_where_a_namespace_has_it() => AssertBecomes(
        "namespace Here;\n\nusing LoraGen;\n\n" + Model, "namespace Here;\n\nusing LoraGen;\n\n" + Adapted);

    [Fact]
    public void Not_within_LoraGens_own_namespace() => AssertBecomes("namespace LoraGen.Models;\n\n" + Model, "namespace LoraGen.Models;\n\n" + Adapted);

    [Fact]
    public void Not_among_conditional_ones() => AssertBecomes(
        "#if DEBUG\nusing System.Text;\n#endif\n\n" + Model,
        "#if DEBUG\nusing System.Text;\n#endif\n\n" + Adapted.Replace("[Lora(", "[global::LoraGen.Lora(", StringComparison.Ordinal));

    [Fact]
    public void Not_where_Lora_is_something_else() => AssertBecomes(
        "namespace Here;\n\nclass LoraAttribute : Attribute { }\n\n" + Model,
        "namespace Here;\n\nclass LoraAttribute : Attribute { }\n\n" + Adapted.Replace("[Lora(", "[global::LoraGen.Lora(", StringComparison.Ordinal));

    private static void AssertBecomes(string before, string after)
    {
        using var run = new RefactoringRun(before, WithoutLoraGen).Run();
        Assert.Equal(after, run.Refactored);
        Assert.Empty(run.Errors);
        Assert.NotEmpty(run.Generated);
    }
}
