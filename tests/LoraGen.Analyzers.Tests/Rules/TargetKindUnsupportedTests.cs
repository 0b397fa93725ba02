namespace LoraGen.Analyzers.Tests.Rules;

public sealed class TargetKindUnsupportedTests : FixableRuleTests
{
    protected override string Id => "LORA2010";

    protected override string Message => "Target \"norm\" only matches norm, a LayerNorm, which can't be adapted; remove it";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Targets = ["fc1", {|LORA2010:"norm"|}])]
        {{Models.TwoLinearsAndNorm}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Targets = new[] { "q_proj", {|LORA2010:"layers.*.norm"|} })]

        {{Models.ListOfBlocks}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);
            private readonly LayerNorm norm = LayerNorm(64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = [{|LORA2010:"act"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);
            private readonly Module<Tensor, Tensor> act;

            public Model()
                : base("Model")
            {
                act = Dropout(0.1);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = [{|LORA2010:"norms.0"|}, "fc*"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);
            private readonly ModuleList<LayerNorm> norms = new(LayerNorm(64), LayerNorm(64));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora(Targets = ["emb", "conv1", "conv2", "convs.*"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(64, 64);
            private readonly Conv1d conv1 = Conv1d(64, 64, 3);
            private readonly Module<Tensor, Tensor> conv2 = Conv2d(64, 64, 3);
            private readonly ModuleList<Conv3d> convs = new(Conv3d(64, 64, 3));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["*"])]
        {{Models.TwoLinearsAndNorm}}
        """,
        $$"""
        [Lora(Targets = ["fc1", "nrm"])]
        {{Models.TwoLinearsAndNorm}}
        """,
        """
        [Lora(Targets = ["norm"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);
            private readonly Module<Tensor, Tensor> norm;

            public Model(Module<Tensor, Tensor> norm)
                : base("Model")
            {
                this.norm = norm;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["norm"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);
            private readonly LayerNorm norm = LayerNorm(64);
            private readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear norm = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["fc1"], Exclude = ["norm"])]
        {{Models.TwoLinearsAndNorm}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Targets = ["fc1", "norm"])]
            {{Models.TwoLinearsAndNorm}}
            """,
            $$"""
            [Lora(Targets = ["fc1"])]
            {{Models.TwoLinearsAndNorm}}
            """),
        (
            $$"""
            [Lora(Targets = new[] { "norm", "fc1", "fc2" }, Rank = 4)]
            {{Models.TwoLinearsAndNorm}}
            """,
            $$"""
            [Lora(Targets = new[] { "fc1", "fc2" }, Rank = 4)]
            {{Models.TwoLinearsAndNorm}}
            """),
    ];
}
