namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BatchNormMovesTests : RuleTests
{
    protected override string Id => "LORA2016";

    protected override string Message =>
        "norm is a BatchNorm1d: in train() its running statistics change although the model is frozen, and no adapter saves them; call its eval() after "
        + "each train()";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [{|LORA2016:Lora|}]
        {{Models.LinearAndBatchNorm}}
        """,
        $$"""
        [assembly: {|LORA2016:Lora|}(typeof(Model), Targets = new[] { "fc1" })]

        {{Models.LinearAndBatchNorm}}
        """,
        """
        [{|LORA2016:Lora|}(Rank = 4)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Block block;

            public Model(BatchNorm2d norm)
                : base("Model")
            {
                block = new Block(norm);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly BatchNorm2d norm;

            public Block(BatchNorm2d norm)
                : base("Block")
            {
                this.norm = norm;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [{|LORA2016:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly InstanceNorm1d norm = InstanceNorm1d(64, affine: true, track_running_stats: true);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => norm.forward(fc1.forward(x));
        }
        """,
        // One of the norms of a list.
        """
        [{|LORA2016:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly ModuleList<InstanceNorm2d> norms = new(InstanceNorm2d(64), InstanceNorm2d(64, track_running_stats: true));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => norms[0].forward(fc1.forward(x));
        }
        """,
        // The chosen modules are others than the norm's.
        $$"""
        [{|LORA2016:Freeze|}(Targets = new[] { "fc1" })]
        {{Models.LinearAndBatchNorm}}
        """,
        $$"""
        [{|LORA2016:Freeze|}(Targets = new[] { "fc1", "norm" }, Exclude = new[] { "norm" })]
        {{Models.LinearAndBatchNorm}}
        """,
        // The statistics are no biases.
        $$"""
        [{|LORA2016:BitFit|}]
        {{Models.LinearAndBatchNorm}}
        """,
        // Those of the other items change.
        $$"""
        [{|LORA2016:Freeze|}(Layers = "^1..")]
        {{NormsInAList}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Freeze(Targets = new[] { "stem" })]
        {{Stem}}
        """,
        $$"""
        [LayerNormTuning(Targets = new[] { "stem" })]
        {{Stem}}
        """,
        $$"""
        [Freeze(Targets = new[] { "blocks.0", "fc" }, Exclude = new[] { "fc1" })]
        {{NormsInAList}}
        """,
        $$"""
        [FullFineTuning]
        {{Models.LinearAndBatchNorm}}
        """,
        $$"""
        [LayerNormTuning]
        {{Models.LinearAndBatchNorm}}
        """,
        $$"""
        [Lora]
        {{Models.CalledBlock}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly BatchNorm1d bn = BatchNorm1d(64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => bn.forward(fc.forward(x));
        }

        public static class Training
        {
            public static void Begin(Model model)
            {
                model.train();
                foreach (var module in model.modules())
                {
                    if (module is BatchNorm1d norm)
                        norm.eval();
                }
            }
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly BatchNorm1d norm;

            public Model(BatchNorm1d norm)
                : base("Model")
            {
                this.norm = norm;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x)
            {
                norm.eval();
                return fc1.forward(x);
            }
        }
        """,
        $$"""
        {{Models.LinearAndBatchNorm}}
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly LayerNorm norm;

            public Model()
                : base("Model")
            {
                norm = LayerNorm(64);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly BatchNorm1d norm = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class BatchNorm1d : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public BatchNorm1d() : base("BatchNorm1d") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        // Without running statistics nothing changes.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly BatchNorm1d norm = BatchNorm1d(64, track_running_stats: false);
            private readonly BatchNorm2d other;
            private readonly BatchNorm2d either;
            private readonly ModuleList<BatchNorm1d> norms = new(BatchNorm1d(64, track_running_stats: false), BatchNorm1d(64, track_running_stats: false));
            private readonly InstanceNorm1d first = InstanceNorm1d(64);
            private readonly InstanceNorm2d second;

            public Model(InstanceNorm2d second, bool tracks)
                : base("Model")
            {
                this.second = second;
                var plain = BatchNorm2d(64, 1e-5, 0.1, true, false);
                other = plain;
                either = BatchNorm2d(64, track_running_stats: tracks);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) =>
                second.forward(either.forward(other.forward(norms[0].forward(first.forward(norm.forward(fc1.forward(x)))))));
        }
        """,
    ];

    private const string Stem = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly TorchSharp.Modules.Sequential stem = Sequential(("fc", Linear(64, 64)), ("bn", BatchNorm1d(64)));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc1.forward(stem.forward(x));
        }
        """;

    private const string NormsInAList = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Linear fc1 = Linear(64, 64);
            private readonly ModuleList<Block> blocks = new(new Block());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc1.forward(fc.forward(blocks[0].forward(x)));
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly BatchNorm1d norm = BatchNorm1d(64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => norm.forward(x);
        }
        """;
}
