namespace LoraGen.Analyzers.Tests.Rules;

public sealed class HandWrittenNotRegisteredTests : FixableRuleTests
{
    protected override string Id => "LORA6006";

    protected override string Message =>
        "LoraLinear never calls RegisterComponents(), so its parameters() is empty and an optimizer over it never sees lora_A and lora_B; "
        + "call it at the end of the constructor";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Linear linear;
            private readonly Parameter lora_A;
            private readonly Parameter lora_B;

            public {|LORA6006:LoraLinear|}(Linear linear, int rank)
                : base("LoraLinear")
            {
                this.linear = linear;
                lora_A = new Parameter(randn(rank, 4));
                lora_B = new Parameter(zeros(4, rank));
            }

            public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t());
        }
        """,
        """
        public sealed class {|LORA6006:LoraLinear|}() : Module<Tensor, Tensor>("LoraLinear")
        {
            private readonly Linear loraDown = Linear(4, 2);
            private Module<Tensor, Tensor> LoraUp { get; } = Linear(2, 4);

            public override Tensor forward(Tensor x) => LoraUp.call(loraDown.call(x));
        }
        """,
        """
        public static class Layers
        {
            private sealed partial class Low
            {
                private readonly Parameter A = new(randn(8, 4));
                private readonly Parameter B = new(zeros(4, 8));
                private const int Rank = 8;
            }

            private sealed partial class Low : Module<Tensor, Tensor>
            {
                public {|LORA6006:Low|}() : base("Low") => eval();

                public override Tensor forward(Tensor x) => x.matmul(A.t()).matmul(B.t()) / Rank;
            }
        }

        public sealed class Holder() : Module<Tensor, Tensor>("Holder")
        {
            private readonly Linear fc = Linear(4, 4);

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Parameter lora_A = new(randn(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public LoraLinear() : base("LoraLinear") => Register();

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());

            private void Register()
            {
                register_parameter("lora_A", lora_A);
                register_parameter("lora_B", lora_B);
            }
        }
        """,
        // Held by a module that registers it.
        """
        public sealed class LoraLinear() : Module<Tensor, Tensor>("LoraLinear")
        {
            private readonly Parameter lora_A = new(randn(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
        }

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<LoraLinear> layers = new(new LoraLinear());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => layers[0].forward(x);
        }
        """,
        """
        public sealed class LoraLinear() : Module<Tensor, Tensor>("LoraLinear")
        {
            private readonly Parameter lora_A = new(randn(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
        }

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> fc;

            public Model() : base("Model")
            {
                fc = new LoraLinear();
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.call(x);
        }
        """,
        // Its base class registers; no LoRA; no module.
        """
        public abstract class Layer : Module<Tensor, Tensor>
        {
            protected Layer() : base("Layer") => RegisterComponents();
        }

        public sealed class LoraLinear : Layer
        {
            private readonly Parameter lora_A = new(randn(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
        }

        public sealed class Pair() : Module<Tensor, Tensor>("Pair")
        {
            private readonly Linear a = Linear(4, 4);
            private readonly Linear b = Linear(4, 4);

            public override Tensor forward(Tensor x) => b.forward(a.forward(x));
        }

        public sealed class State
        {
            private readonly Parameter lora_A = new(randn(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public Tensor Delta() => lora_B.matmul(lora_A);
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

                public LoraLinear(int rank)
                    : base("LoraLinear")
                {
                    lora_A = new Parameter(randn(rank, 4));
                    lora_B = new Parameter(zeros(4, rank));
                }

                public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
            }
            """,
            """
            public sealed class LoraLinear : Module<Tensor, Tensor>
            {
                private readonly Parameter lora_A;
                private readonly Parameter lora_B;

                public LoraLinear(int rank)
                    : base("LoraLinear")
                {
                    lora_A = new Parameter(randn(rank, 4));
                    lora_B = new Parameter(zeros(4, rank));
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
            }
            """),
    ];
}
