namespace LoraGen.Analyzers.Tests.Refactorings;

/// <content>Which layers it names, and how.</content>
public sealed partial class AdaptModelTests
{
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
    public void Without_known_layers_every_Linear_is_adapted()
    {
        AssertAdapts(Model("private readonly Dropout dropout = Dropout();"), "[Lora(Rank = 8, Alpha = 16)]");
    }

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
            Model(
                "private readonly Embedding emb = Embedding(9, 4); private readonly Conv1d conv = Conv1d(4, 4, 1); "
                + "private readonly Linear fc = Linear(4, 4);"),
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
}
