namespace LoraGen.Analyzers.Tests.Rules;

public sealed class RankAboveLayerTests : FixableRuleTests
{
    protected override string Id => "LORA2007";

    protected override string Message =>
        "Rank is 16, but the weight of fc2, Linear(64, 4), has at most rank 4; lower the rank, or give that layer a [Lora] of its own";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora(Rank = {|LORA2007:16|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [assembly: {|LORA2007:Lora(typeof(Model), Targets = new[] { "fc1" })|}]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private const int Width = 2;
            private readonly Linear fc1;

            public Model()
                : base("Model")
            {
                var wide = 2 * Width;
                fc1 = nn.Linear(wide, 64);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = {|LORA2007:64|})] private readonly Linear fc1 = Linear(inputSize: 64, outputSize: 32);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = {|LORA2007:32|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private static readonly int Heads = 4;
            private readonly ModuleList<Linear> heads;

            public Model()
                : base("Model")
            {
                heads = new ModuleList<Linear>();
                for (var i = 0; i < 3; i++)
                    heads.Add(torch.nn.Linear(64, Heads * 4));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = {|LORA2007:16|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> gate = Linear(64, 8);
            private Linear Up { get; } = Linear(8, 8);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = {|LORA2007:16|}, Targets = ["emb"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(1000, 8);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = {|LORA2007:16|}, Targets = ["conv"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(3, 64, (2, 2));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [AdaLora(TotalSteps = 100, InitialRank = {|LORA2007:12|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 10);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [{|LORA2007:Glora(PartAB = GloraPart.LowRank)|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [AdaLora(TotalSteps = 100, InitialRank = 12)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 12);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Vera]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Glora(PartAB = GloraPart.Vector, PartC = GloraPart.Vector, Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(1000, 8);
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16, Targets = ["conv", "grouped"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(3, 64, 3);
            private readonly Conv1d grouped = Conv1d(8, 16, 1, groups: 2);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 16);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16, Exclude = ["fc2"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Model(int width)
                : base("Model")
            {
                fc1 = width > 8 ? Linear(64, 8) : Linear(64, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [Lora(Rank = 2)] private readonly Linear fc2 = Linear(64, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Model(bool wide)
                : base("Model")
            {
                var width = 4;
                if (wide)
                    width = 64;
                fc1 = Linear(64, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 2)] private readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;
            private readonly int _width = 4;

            public Model(int width)
                : base("Model")
            {
                _width = width;
                fc1 = Linear(64, _width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            Model("[AdaLora(TotalSteps = 9, InitialRank = 16, TargetRank = 4)]", "private readonly Linear fc1 = Linear(64, 12);"),
            Model("[AdaLora(TotalSteps = 9, InitialRank = 8, TargetRank = 4)]", "private readonly Linear fc1 = Linear(64, 12);")),
        (
            Model("[Lora(Rank = 16)]", "private readonly Linear fc1 = Linear(64, 64); private readonly Linear fc2 = Linear(64, 7);"),
            Model("[Lora(Rank = 4)]", "private readonly Linear fc1 = Linear(64, 64); private readonly Linear fc2 = Linear(64, 7);")),
        (
            Model("[Lora]", "private readonly Linear fc1 = Linear(64, 4);"),
            Model("[Lora(Rank = 4)]", "private readonly Linear fc1 = Linear(64, 4);")),
        (
            Model("[Lora]", "[Lora(Rank = 16)] private readonly Linear fc1 = Linear(64, 12);"),
            Model("[Lora]", "[Lora(Rank = 8)] private readonly Linear fc1 = Linear(64, 12);")),
    ];

    private static string Model(string attribute, string layers) =>
        $$"""
        {{attribute}}
        public sealed class Model : Module<Tensor, Tensor>
        {
            {{layers}}

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;
}
