using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Analyzers.Tests.Refactorings;

/// <summary>What the refactoring writes. Each result compiles, and the generator makes an adapter of it.</summary>
public sealed partial class AdaptModelTests
{
    private const string Forward = "public override Tensor forward(Tensor x) => x;";

    [Fact]
    public void A_generic_model()
    {
        AssertAdapts(
            Model("private readonly Linear fc = Linear(4, 4);").Replace("class Model", "class Model<T>", StringComparison.Ordinal),
            Attribute("nameof(fc)"));
    }

    [Fact]
    public void Before_CSharp_12_the_list_is_an_array()
    {
        var code = Model("private readonly Linear q = Linear(4, 4), v = Linear(4, 4);");
        using var run = new RefactoringRun(code, LoraProject.Usings, LanguageVersion.CSharp11).Run();
        Assert.StartsWith("[Lora(Rank = 8, Alpha = 16, Targets = new[] { nameof(q), nameof(v) })]\n", run.Refactored, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void Comments_attributes_and_indentation_stay()
    {
        AssertAdapts(
            """
            namespace Here
            {
                /// <summary>A model.</summary>
                [Serializable]
                public sealed class $$Model() : Module<Tensor, Tensor>("Model")
                {
                    public override Tensor forward(Tensor x) => x;
                }
            }
            """,
            "    /// <summary>A model.</summary>\n    [Lora(Rank = 8, Alpha = 16)]\n    [Serializable]\n    public sealed class Model()");
    }

    [Fact]
    public void A_nested_model_on_one_line()
    {
        AssertAdapts(
            $"public static class Outer {{ internal sealed class $$Model() : Module<Tensor, Tensor>(\"Model\") {{ {Forward} }} }}",
            "public static class Outer { [Lora(Rank = 8, Alpha = 16)] internal sealed class Model()");
    }

    [Fact]
    public void The_part_at_which_it_is_asked_for_gets_it()
    {
        AssertAdapts(
            """
            public sealed partial class Model : Module<Tensor, Tensor>
            {
                public Model() : base("Model") => RegisterComponents();
                public override Tensor forward(Tensor x) => x;
            }

            public partial class $$Model
            {
                private readonly Linear fc = Linear(4, 4);
            }
            """,
            $"\n{Attribute("nameof(fc)")}\npublic partial class Model\n");
    }

    [Fact]
    public void Line_ends_stay()
    {
        using var run = new RefactoringRun(Model("").Replace("\n", "\r\n", StringComparison.Ordinal), LoraProject.Usings).Run();
        Assert.StartsWith("[Lora(Rank = 8, Alpha = 16)]\r\npublic", run.Refactored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_writes_breaks_no_rule()
    {
        const string Code = """
            public sealed class $$Model : Module<Tensor, Tensor>
            {
                private readonly ModuleList<Block> blocks = new(new Block(), new Block());
                private readonly Linear lm_head = Linear(64, 100);

                public Model()
                    : base("Model")
                {
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => lm_head.call(blocks.Aggregate(x, (y, block) => block.call(y)));
            }

            public sealed class Block : Module<Tensor, Tensor>
            {
                private readonly Linear up_proj = Linear(64, 256);
                private readonly Linear down_proj = Linear(256, 64);

                public Block()
                    : base("Block")
                {
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => x + down_proj.call(functional.relu(up_proj.call(x)));
            }
            """;
        using var run = new RefactoringRun(Code, LoraProject.Usings).Run();

        Assert.StartsWith(Attribute("\"up_proj\", \"down_proj\""), run.Refactored, StringComparison.Ordinal);
        Assert.Empty(await RuleTest.FindByDefault([new("Input.cs", run.Refactored!)]));
    }

    private static string Model(string members) => $$$"""
        public sealed class $$Model : Module<Tensor, Tensor>
        {
            {{{members}}}
            public Model() : base("Model") => RegisterComponents();
            {{{Forward}}}
        }

        """;

    private static string Attribute(string targets) => $"[Lora(Rank = 8, Alpha = 16, Targets = [{targets}])]";

    private static void AssertAdapts(string code, string expected)
    {
        using var run = new RefactoringRun(code, LoraProject.Usings).Run();
        var clean = MarkedCode.Clean(code).Single().Text;
        Assert.NotNull(run.Refactored);
        Assert.Contains(expected, run.Refactored, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
        Assert.Contains(run.Generated, source => source.Contains("AttachLora", StringComparison.Ordinal));

        // Nothing but the attribute has come.
        var without = Regex.Replace(run.Refactored, @"\[Lora\(.*?\)\](?=\s)", "");
        Assert.Equal(Words(clean), Words(without));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
