namespace LoraGen.Analyzers.Tests.Rules;

public sealed class LinearContractUnfulfilledTests : RuleTests
{
    private const string Masked = """
        public sealed class Masked : Module<Tensor, Tensor?, Tensor>, ILinearLayer
        {
            private readonly Parameter w = new(randn(4, 4));

            public Masked() : base("Masked") => RegisterComponents();

            public long InFeatures => 4;

            public long OutFeatures => 4;

            public Tensor? Weight => w;

            public override Tensor forward(Tensor x, Tensor? mask) => functional.linear(mask is null ? x : x * mask, w);
        }
        """;

    protected override string Id => "LORA2021";

    protected override string Message =>
        "q_proj is targeted, but Masked implements ILinearLayer without being a Module<Tensor, Tensor>, so no adapter can act on its calls; adapt a layer within "
        + "it, and put [LoraIgnore] on it or add it to Exclude";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [{|LORA2021:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            private readonly Masked q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        $$"""
        [Dora(Rank = 2, Targets = {|LORA2021:new[] { "q_proj", "o_proj" }|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            private readonly Masked q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        $$"""
        [{|LORA2021:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            private readonly ModuleList<Masked> projections = new(new Masked());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        $$"""
        [Lora(Targets = {|LORA2021:["o_*"]|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            [Lora(Rank = 1)] private readonly Masked q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        $$"""
        [{|LORA2021:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            private readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            public Masked Query { get; } = new();

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => Query.call(x, null);
        }

        {{Masked}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            [LoraIgnore] private readonly Masked q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        $$"""
        [Lora(Exclude = ["q_*"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            private readonly Masked q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        $$"""
        [Lora(Targets = ["o_proj"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            private readonly Masked q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            [Trainable] private readonly Masked q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        $$"""
        
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear o_proj = Linear(4, 4);
            private readonly Masked q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => o_proj.forward(x);
        }

        {{Masked}}
        """,
        // It is one that can be adapted.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Scaled q_proj = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => q_proj.call(x);
        }

        public sealed class Scaled : Module<Tensor, Tensor>, ILinearLayer
        {
            private readonly Parameter w = new(randn(4, 4));

            public Scaled() : base("Scaled") => RegisterComponents();

            public long InFeatures => 4;

            public long OutFeatures => 4;

            public Tensor? Weight => w;

            public override Tensor forward(Tensor x) => functional.linear(x, w);
        }
        """,
    ];
}
