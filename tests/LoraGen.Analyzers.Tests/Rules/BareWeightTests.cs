namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BareWeightTests : RuleTests
{
    protected override string Id => "LORA2013";

    protected override string Message =>
        "Model multiplies by weight itself, so no adapter can act there; make weight a Linear, or let Model implement ILinearLayer";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Parameter weight = new(randn(64, 64));
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(fc1.forward(x), {|LORA2013:weight|});
        }
        """,
        $$"""
        [assembly: Lora(typeof(Model))]

        {{Models.OneBlock}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Tensor proj = randn(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                var y = functional.linear(x, {|LORA2013:this.proj|}.to(x.dtype));
                return y;
            }
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private Parameter Weight { get; } = new(randn(64, 64));
            private Parameter Bias { get; } = new(randn(64));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => nn.functional.linear(x, {|LORA2013:Weight|}, Bias);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Parameter weight = new(randn(64, 64));
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(fc1.forward(x), weight);
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Parameter weight = new(randn(64, 64));
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc1.forward(x).mul(weight);
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(x, fc1.weight);
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Parameter weight = new(randn(64, 64));
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(weight, x);
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            public static Tensor Apply(Tensor x, Tensor weight) => functional.linear(x, weight);
        }
        """,
    ];
}
