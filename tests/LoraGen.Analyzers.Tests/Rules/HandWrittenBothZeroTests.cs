namespace LoraGen.Analyzers.Tests.Rules;

public sealed class HandWrittenBothZeroTests : FixableRuleTests
{
    protected override string Id => "LORA6001";

    protected override string Message => "lora_A and lora_B both start at zero, so neither ever gets a gradient; start lora_A at random";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Linear linear;
            private readonly Parameter lora_A;
            private readonly Parameter lora_B;

            public LoraLinear(Linear linear, int rank)
                : base("LoraLinear")
            {
                this.linear = linear;
                lora_A = new Parameter({|LORA6001:zeros(rank, 4)|});
                lora_B = new Parameter(zeros(4, rank));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t());
        }
        """,
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private Linear LoraDown { get; }
            private readonly Linear loraUp = Linear(2, 4, hasBias: false);

            public LoraLinear() : base("LoraLinear")
            {
                LoraDown = Linear(4, 2, hasBias: false);
                {|LORA6001:init.constant_(LoraDown.weight, 0)|};
                init.zeros_(loraUp.weight);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => loraUp.forward(LoraDown.forward(x));
        }
        """,
        """
        namespace Layers
        {
            public sealed partial class Adapter
            {
                private readonly Parameter _a = nn.Parameter({|LORA6001:torch.zeros(new long[] { 8, 4 }, dtype: float32)|});
                private readonly Parameter _b = nn.Parameter(torch.zeros(4, 8));
            }

            public sealed partial class Adapter(double alpha) : Module<Tensor, Tensor>("Adapter")
            {
                public override Tensor forward(Tensor x) => functional.linear(functional.linear(x, _a), _b) * alpha;
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // One of them starts at random.
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Parameter lora_A = new(randn(8, 4) * 0.01);
            private readonly Parameter lora_B = new(zeros(4, 8));

            public LoraLinear() : base("LoraLinear") => RegisterComponents();

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
        }
        """,
        // It is filled afterwards.
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Parameter lora_A = new(zeros(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public LoraLinear() : base("LoraLinear")
            {
                RegisterComponents();
                reset_parameters();
            }

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());

            private void reset_parameters()
            {
                init.kaiming_uniform_(lora_A, Math.Sqrt(5));
                init.zeros_(lora_B);
            }
        }
        """,
        // By a method that may do anything.
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Parameter loraA = new(zeros(8, 4));
            private readonly Parameter loraB = new(zeros(4, 8));

            public LoraLinear() : base("LoraLinear")
            {
                Fill(loraA);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x.matmul(loraA.t()).matmul(loraB.t());

            private static void Fill(Tensor tensor) => init.normal_(tensor);
        }
        """,
        // Every parameter is filled, a part is.
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Parameter lora_A = new(zeros(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public LoraLinear() : base("LoraLinear")
            {
                RegisterComponents();
                foreach (var parameter in parameters())
                    init.normal_(parameter);
            }

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
        }
        """,
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Parameter lora_A = new(zeros(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public LoraLinear() : base("LoraLinear")
            {
                RegisterComponents();
                using var guard = no_grad();
                lora_A[0] = randn(4);
            }

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
        }
        """,
        // A Linear starts at random by itself; members called a and b that are no LoRA's.
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Linear lora_A = Linear(4, 8, hasBias: false);
            private readonly Linear lora_B = Linear(8, 4, hasBias: false);

            public LoraLinear() : base("LoraLinear")
            {
                init.zeros_(lora_B.weight);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => lora_B.forward(lora_A.forward(x));
        }

        public sealed class Affine : Module<Tensor, Tensor>
        {
            private readonly Parameter a = new(zeros(4));
            private readonly Parameter b = new(zeros(4));

            public Affine() : base("Affine") => RegisterComponents();

            public override Tensor forward(Tensor x) => x * (a + 1) + b;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            public sealed class LoraLinear : Module<Tensor, Tensor>
            {
                private readonly Parameter lora_A;
                private readonly Parameter lora_B;

                public LoraLinear(int rank, int width)
                    : base("LoraLinear")
                {
                    lora_A = new Parameter(zeros(rank, width, dtype: float32));
                    lora_B = new Parameter(zeros(width, rank));
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
            }
            """,
            """
            public sealed class LoraLinear : Module<Tensor, Tensor>
            {
                private readonly Parameter lora_A;
                private readonly Parameter lora_B;

                public LoraLinear(int rank, int width)
                    : base("LoraLinear")
                {
                    lora_A = new Parameter(randn(rank, width, dtype: float32).mul(1.0 / rank));
                    lora_B = new Parameter(zeros(width, rank));
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
            }
            """),
        (
            """
            public sealed class LoraLinear : Module<Tensor, Tensor>
            {
                private readonly Parameter lora_A = nn.Parameter(torch.zeros(4, 8));
                private readonly Parameter lora_B = nn.Parameter(torch.zeros(8, 4));

                public LoraLinear() : base("LoraLinear") => RegisterComponents();

                public override Tensor forward(Tensor x) => x.matmul(lora_A).matmul(lora_B);
            }
            """,
            """
            public sealed class LoraLinear : Module<Tensor, Tensor>
            {
                private readonly Parameter lora_A = nn.Parameter(torch.randn(4, 8).mul(0.01));
                private readonly Parameter lora_B = nn.Parameter(torch.zeros(8, 4));

                public LoraLinear() : base("LoraLinear") => RegisterComponents();

                public override Tensor forward(Tensor x) => x.matmul(lora_A).matmul(lora_B);
            }
            """),
    ];
}
