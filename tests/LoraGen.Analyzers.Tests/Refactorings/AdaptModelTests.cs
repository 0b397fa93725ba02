using System.Text.RegularExpressions;
using LoraGen.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Analyzers.Tests.Refactorings;

/// <summary>What the refactoring writes. Each result compiles, and the generator makes an adapter of it.</summary>
public sealed class AdaptModelTests
{
    private const string Forward = "public override Tensor forward(Tensor x) => x;";

    [Fact]
    public void Names_the_fields_that_hold_layers()
    {
        AssertAdapts(
            """
            public sealed class Mo$$del : Module<Tensor, Tensor>
            {
                private readonly Linear q_proj = Linear(4, 4), v_proj = Linear(4, 4);
                private readonly Dropout dropout = Dropout();
                public Model() : base("Model") => RegisterComponents();
                public override Tensor forward(Tensor x) => x;
            }
            """,
            "[Lora(Rank = 8, Alpha = 16, Targets = [nameof(q_proj), nameof(v_proj)])]\npublic sealed class Model");
    }

    [Fact]
    public void Names_auto_properties()
    {
        AssertAdapts(Model("public Linear Q { get; } = Linear(4, 4); private Linear V { get; } = Linear(4, 4);"), Attribute("nameof(Q), nameof(V)"));
    }

    [Fact]
    public void Leaves_the_head_out()
    {
        AssertAdapts(Model("private readonly Linear fc1 = Linear(4, 4); private readonly Linear lm_head = Linear(4, 9);"), Attribute("nameof(fc1)"));
        AssertAdapts(Model("private readonly Linear fc1 = Linear(4, 4); private readonly Linear Classifier = Linear(4, 9);"), Attribute("nameof(fc1)"));
    }

    [Fact]
    public void A_head_is_better_than_nothing() => AssertAdapts(Model("private readonly Linear head = Linear(4, 9);"), Attribute("nameof(head)"));

    [Fact]
    public void Without_known_layers_every_Linear_is_adapted() => AssertAdapts(Model("private readonly Dropout dropout = Dropout();"), "[Lora(Rank = 8, Alpha = 16)]");

    [Fact]
    public void Names_the_layers_of_the_classes_within_once()
    {
        AssertAdapts(
            """
            public sealed class Model : $$Module<Tensor, Tensor>
            {
                private readonly ModuleList<Block> blocks = new(new Block(), new Block());
                private readonly Block last = new();
                private readonly Linear lm_head = Linear(4, 9);
                public Model() : base("Model") => RegisterComponents();
                public override Tensor forward(Tensor x) => x;
            }

            public sealed class Block : Module<Tensor, Tensor>
            {
                private readonly Attention attn = new();
                private readonly Linear fc = Linear(4, 4);
                public Block() : base("Block") => RegisterComponents();
                public override Tensor forward(Tensor x) => x;
            }

            public sealed class Attention : Module<Tensor, Tensor>
            {
                private readonly Linear q_proj = Linear(4, 4);
                private readonly Linear v_proj = Linear(4, 4);
                public Attention() : base("Attention") => RegisterComponents();
                public override Tensor forward(Tensor x) => x;
            }
            """,
            Attribute("\"fc\", \"q_proj\", \"v_proj\""));
    }

    [Fact]
    public void Knows_layers_of_the_users_own()
    {
        AssertAdapts(
            Model("private readonly Custom fc = new();") + """

            public sealed class Custom() : Module<Tensor, Tensor>("Custom"), ILinearLayer
            {
                public long InFeatures => 4;
                public long OutFeatures => 4;
                public Tensor? Weight => null;
                public override Tensor forward(Tensor x) => x;
            }
            """,
            Attribute("nameof(fc)"));
    }

    [Fact]
    public void Knows_layers_by_what_the_constructor_makes()
    {
        AssertAdapts(
            """
            public sealed class $$Model : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor> fc;
                private readonly Module<Tensor, Tensor> relu;

                public Model() : base("Model")
                {
                    fc = Linear(4, 4);
                    relu = ReLU();
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => relu.forward(fc.forward(x));
            }
            """,
            Attribute("nameof(fc)"));
    }

    [Fact]
    public void An_embedding_or_a_convolution_is_not_offered_beside_a_Linear()
    {
        AssertAdapts(
            Model("private readonly Embedding emb = Embedding(9, 4); private readonly Conv1d conv = Conv1d(4, 4, 1); private readonly Linear fc = Linear(4, 4);"),
            Attribute("nameof(fc)"));
    }

    [Fact]
    public void Where_no_Linear_is_the_convolutions_are_offered()
    {
        AssertAdapts(
            Model("private readonly Conv2d conv = Conv2d(4, 4, 3); private readonly ModuleList<Conv2d> convs = new(Conv2d(4, 4, 3));"),
            Attribute("nameof(conv), \"convs.*\""));
    }

    [Fact]
    public void Leaves_ignored_members_out()
    {
        AssertAdapts(Model("private readonly Linear fc1 = Linear(4, 4); [LoraIgnore] private readonly Linear fc2 = Linear(4, 4);"), Attribute("nameof(fc1)"));
    }

    [Fact]
    public void A_list_of_layers_is_met_by_its_elements()
    {
        AssertAdapts(Model("private readonly ModuleList<Linear> experts = new(Linear(4, 4));"), Attribute("\"experts.*\""));
    }

    [Fact]
    public void A_component_goes_by_its_name_in_the_state_dict()
    {
        AssertAdapts(Model("[TorchSharp.Utils.ComponentName(Name = \"q\")] private readonly Linear query = Linear(4, 4);"), Attribute("\"q\""));
    }

    [Fact]
    public void An_inherited_member_is_a_literal()
    {
        AssertAdapts(
            """
            public abstract class Base : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);
                protected Base() : base("Base") { }
            }

            public sealed class $$Model : Base
            {
                public Model() => RegisterComponents();
                public override Tensor forward(Tensor x) => x;
            }
            """,
            Attribute("\"fc\""));
    }

    [Fact]
    public void A_keyword_as_a_name_is_escaped() => AssertAdapts(Model("private readonly Linear @in = Linear(4, 4);"), Attribute("nameof(@in)"));

    [Fact]
    public void A_generic_model()
    {
        AssertAdapts(Model("private readonly Linear fc = Linear(4, 4);").Replace("class Model", "class Model<T>", StringComparison.Ordinal), Attribute("nameof(fc)"));
    }

    [Fact]
    public void Before_CSharp_12_the_list_is_an_array()
    {
        using var run = new RefactoringRun(Model("private readonly Linear q = Linear(4, 4), v = Linear(4, 4);"), AnalyzedProject.Usings, LanguageVersion.CSharp11).Run();
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
        using var run = new RefactoringRun(Model("").Replace("\n", "\r\n", StringComparison.Ordinal), AnalyzedProject.Usings).Run();
        Assert.StartsWith("[Lora(Rank = 8, Alpha = 16)]\r\npublic", run.Refactored, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_writes_breaks_no_rule()
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
        using var run = new RefactoringRun(Code, AnalyzedProject.Usings).Run();

        Assert.StartsWith(Attribute("\"up_proj\", \"down_proj\""), run.Refactored, StringComparison.Ordinal);
        Assert.Empty(AnalyzedProject.Of([new SourceFile("Input.cs", run.Refactored!)]).Analyze());
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
        using var run = new RefactoringRun(code, AnalyzedProject.Usings).Run();
        var clean = Markup.Parse(code).Files.Single().Text;
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
