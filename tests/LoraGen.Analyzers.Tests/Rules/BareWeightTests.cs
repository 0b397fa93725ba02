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
        // In a private class.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly Attention attention = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(attention.forward(x));

            private sealed class Attention : Module<Tensor, Tensor>
            {
                private readonly Parameter in_proj_weight = new(randn(12, 4));
                private readonly Parameter in_proj_bias = new(zeros(12));

                public Attention() : base("Attention") => RegisterComponents();

                public override Tensor forward(Tensor x) => functional.linear(x, {|LORA2013:in_proj_weight|}, in_proj_bias).chunk(3, -1)[0];
            }
        }
        """,
        // Behind a list of any modules, a Sequential, a member of a base type.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly ModuleList<Module> blocks = new();
            private readonly Sequential steps;
            private readonly Module<Tensor, Tensor> last = Make();

            public Model()
                : base("Model")
            {
                blocks.Add(new First());
                steps = Sequential(new Second(), ReLU());
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(last.call(steps.forward(((First)blocks[0]).forward(x))));

            private static Module<Tensor, Tensor> Make() => new Third();
        }

        public sealed class First : Module<Tensor, Tensor>
        {
            private readonly Parameter in_proj_weight = new(randn(12, 4));
            private readonly Parameter in_proj_bias = new(zeros(12));

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(x, {|LORA2013:in_proj_weight|}, in_proj_bias).chunk(3, -1)[0];
        }

        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Parameter in_proj_weight = new(randn(12, 4));
            private readonly Parameter in_proj_bias = new(zeros(12));

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(x, {|LORA2013:in_proj_weight|}, in_proj_bias).chunk(3, -1)[0];
        }

        public sealed class Third : Module<Tensor, Tensor>
        {
            private readonly Parameter in_proj_weight = new(randn(12, 4));
            private readonly Parameter in_proj_bias = new(zeros(12));

            public Third() : base("Third") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(x, {|LORA2013:in_proj_weight|}, in_proj_bias).chunk(3, -1)[0];
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // LORA2021 reports it where it is targeted.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [LoraIgnore] private readonly Masked masked = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => masked.call(fc1.forward(x), x);
        }

        public sealed class Masked : Module<Tensor, Tensor, Tensor>, ILinearLayer
        {
            private readonly Parameter w = new(randn(64, 64));

            public Masked() : base("Masked") => RegisterComponents();

            public long InFeatures => 64;

            public long OutFeatures => 64;

            public Tensor? Weight => w;

            public override Tensor forward(Tensor x, Tensor mask) => functional.linear(x * mask, w);
        }
        """,
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
        // No adapted model holds it.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly ModuleList<Module> blocks = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Other : Module<Tensor, Tensor>
        {
            private readonly Parameter in_proj_weight = new(randn(12, 4));
            private readonly Parameter in_proj_bias = new(zeros(12));

            public Other() : base("Other") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(x, in_proj_weight, in_proj_bias).chunk(3, -1)[0];
        }

        public static class Program
        {
            public static Tensor Run(Tensor x) => new Other().forward(x);
        }
        """,
    ];

    [Fact]
    public async Task The_contract_is_no_advice_for_a_class_with_other_inputs()
    {
        var message = await MessageOf(
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor, Tensor>
            {
                private readonly Parameter weight = new(randn(64, 64));
                private readonly Linear fc1 = Linear(64, 64);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x, Tensor mask) => functional.linear(fc1.forward(x) * mask, {|LORA2013:weight|});
            }
            """);
        Assert.Equal("Model multiplies by weight itself, so no adapter can act there; make weight a Linear", message);
    }
}
