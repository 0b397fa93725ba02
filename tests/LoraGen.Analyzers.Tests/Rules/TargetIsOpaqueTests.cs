namespace LoraGen.Analyzers.Tests.Rules;

public sealed class TargetIsOpaqueTests : FixableRuleTests
{
    protected override string Id => "LORA2011";

    protected override string Message =>
        "Target \"attn\" means attn, but TorchSharp's MultiheadAttention has parameters but no layers in it; write its query, key, value and output as Linear";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Targets = ["fc1", {|LORA2011:"attn"|}])]
        {{Models.LinearAndAttention}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Targets = new[] { {|LORA2011:"attn.out_proj"|} })]

        {{Models.LinearAndAttention}}
        """,
        """
        [Lora(Targets = [{|LORA2011:"encoder.layers.*.linear1"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly TransformerEncoder encoder;

            public Model(TransformerEncoder encoder)
                : base("Model")
            {
                this.encoder = encoder;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = [{|LORA2011:"rnn"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly LSTM rnn;

            public Model(LSTM rnn)
                : base("Model")
            {
                this.rnn = rnn;
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
        $$"""
        [Lora(Targets = ["*"])]
        {{Models.LinearAndAttention}}
        """,
        """
        [Lora(Targets = ["attn.q"])]
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
        """
        [Lora(Targets = ["attn"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly MultiheadAttention attn;
            private readonly Block block = new();

            public Model(MultiheadAttention attn)
                : base("Model")
            {
                this.attn = attn;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear attn = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Targets = ["fc1", "attn"])]
            {{Models.LinearAndAttention}}
            """,
            $$"""
            [Lora(Targets = ["fc1"])]
            {{Models.LinearAndAttention}}
            """),
        (
            $$"""
            [Lora(Targets = new[] { "attn.out_proj", "fc1" }, Rank = 4)]
            {{Models.LinearAndAttention}}
            """,
            $$"""
            [Lora(Targets = new[] { "fc1" }, Rank = 4)]
            {{Models.LinearAndAttention}}
            """),
    ];
}
