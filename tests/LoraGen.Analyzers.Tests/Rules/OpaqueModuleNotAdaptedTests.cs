namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OpaqueModuleNotAdaptedTests : RuleTests
{
    protected override string Id => "LORA2017";

    protected override string Message =>
        "attn (MultiheadAttention) stays frozen and unadapted: TorchSharp's MultiheadAttention has parameters but no layers in it; write it with "
        + "Linear, or set Targets to the layers that are meant";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [{|LORA2017:Lora|}]
        {{Models.LinearAndAttention}}
        """,
        $$"""
        [assembly: {|LORA2017:Lora|}(typeof(Model), Rank = 4)]

        {{Models.LinearAndAttention}}
        """,
        """
        [{|LORA2017:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> blocks;

            public Model(MultiheadAttention attn)
                : base("Model")
            {
                blocks = new ModuleList<Block>(new Block(attn));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly MultiheadAttention attn;

            public Block(MultiheadAttention attn)
                : base("Block")
            {
                this.attn = attn;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Targets = ["fc1"])]
        {{Models.LinearAndAttention}}
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [LoraIgnore] private readonly MultiheadAttention attn;

            public Model(MultiheadAttention attn)
                : base("Model")
            {
                this.attn = attn;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly MultiheadAttention attn = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class MultiheadAttention : Module<Tensor, Tensor>
        {
            private readonly Linear q = Linear(64, 64);
            private readonly Linear k = Linear(64, 64);
            private readonly Linear v = Linear(64, 64);
            private readonly Linear output = Linear(64, 64);

            public MultiheadAttention() : base("MultiheadAttention") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        {{Models.LinearAndAttention}}
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly LayerNorm norm = LayerNorm(64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];
}
