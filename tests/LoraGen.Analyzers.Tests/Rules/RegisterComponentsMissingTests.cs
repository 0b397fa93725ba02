namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class RegisterComponentsMissingTests : FixableRuleTests
{
    protected override string Id => "LORA3001";

    protected override string Message =>
        "Model never calls RegisterComponents(), so TorchSharp doesn't know its fc: nothing is moved, saved or adapted; call it at the end of the constructor";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public {|LORA3001:Model|}()
                : base("Model")
            {
                fc = Linear(4, 4);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        """
        [Lora]
        public sealed class {|LORA3001:Model|}() : Module<Tensor, Tensor>("Model")
        {
            private Linear Fc { get; } = Linear(4, 4);

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }
        """,
        """
        [assembly: Lora(typeof(Model))]

        public sealed partial class Model
        {
            private readonly Linear fc = Linear(4, 4);
        }

        public sealed partial class Model : Module<Tensor, Tensor>
        {
            public {|LORA3001:Model|}() : base("Model") { }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        // Another class registers itself; this one is only read.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public {|LORA3001:Model|}() : base("Model") => this.fc.train();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Other : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Other(Linear more)
                : base("Other")
            {
                RegisterComponents();
                this.register_module("more", more);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc;

                public Model()
                    : base("Model")
                {
                    fc = Linear(4, 4);
                }

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """,
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc;

                public Model()
                    : base("Model")
                {
                    fc = Linear(4, 4);
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """),
    ];
}
