namespace LoraGen.Analyzers.Tests.Rules;

public sealed class RankNotDivisibleByGroupsTests : FixableRuleTests
{
    protected override string Id => "LORA2009";

    protected override string Message =>
        "Rank is 8, but conv2 is a convolution with 3 groups, among which the rank is divided: attaching throws; use 9";

    [Fact]
    public async Task All_are_named_with_the_exclusions_that_leave_them_out()
    {
        Assert.Equal(
            "Rank is 4, but blocks.*.depthwise is a convolution with 6 groups (conv with 3), among which the rank is divided: attaching throws; "
            + "use 6, or leave them out: Exclude = [\"depthwise\", \"conv\"]",
            await MessageOf(Fires[^1]));
    }

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora(Rank = {|LORA2009:8|}, Targets = ["conv*"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv1 = Conv2d(3, 12, 3);
            private readonly Conv2d conv2 = Conv2d(12, 24, 3, groups: 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [assembly: {|LORA2009:Lora(typeof(Model), Targets = new[] { "depthwise" })|}]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private const int Channels = 2 * 16;
            private readonly ModuleList<Block> layers = new(new Block(Channels));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private const int Groups = 16;
            private readonly Conv1d depthwise;

            public Block(int channels)
                : base("Block")
            {
                depthwise = nn.Conv1d(channels, channels, 3, groups: Groups, padding: 1);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = {|LORA2009:6|})] private readonly Module<Tensor, Tensor> conv = Conv3d(4, 8, (3, 1, 1), Padding.Same, groups: 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = {|LORA2009:3|}, Targets = ["convs.*"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d grouped = Conv2d(4, 8, 3, groups: 4);
            private readonly ModuleList<Conv2d> convs = new(Conv2d(4, 8, 3, groups: 2), Conv2d(8, 8, 1, groups: 2));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = {|LORA2009:4|}, Targets = ["*"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> blocks = new(new Block());
            private readonly Conv1d conv = Conv1d(6, 6, 3, groups: 3);
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Conv2d depthwise = Conv2d(6, 6, 3, groups: 6);
            private readonly Conv2d pointwise = Conv2d(6, 6, 1);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Without targets no convolution is adapted.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Conv2d conv = Conv2d(12, 24, 3, groups: 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 9, Targets = ["conv", "plain"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(12, 24, 3, groups: 3);
            private readonly Conv2d plain = Conv2d(24, 24, 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 8, Targets = ["plain"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d plain = Conv2d(24, 24, 3);
            [Lora(Rank = 6)] private readonly Conv2d conv = Conv2d(12, 24, 3, groups: 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["conv"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv;

            public Model(int groups)
                : base("Model")
            {
                conv = Conv2d(12, 24, 3, groups: groups);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        // Which of the two is met can't be told, and the first has no groups.
        """
        [Lora(Targets = ["convs.0"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Conv2d> convs = new(Conv2d(3, 12, 3), Conv2d(12, 24, 3, groups: 3));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            [Lora(Targets = ["conv1", "conv2"])]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Conv2d conv1 = Conv2d(12, 24, 3, groups: 3);
                private readonly Conv2d conv2 = Conv2d(24, 24, 3, groups: 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;
            }
            """,
            """
            [Lora(Targets = ["conv1", "conv2"], Rank = 12)]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Conv2d conv1 = Conv2d(12, 24, 3, groups: 3);
                private readonly Conv2d conv2 = Conv2d(24, 24, 3, groups: 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;
            }
            """),
        (
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                [Lora(Rank = 1)] private readonly Conv1d conv = Conv1d(12, 24, 3, groups: 6);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;
            }
            """,
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                [Lora(Rank = 6)] private readonly Conv1d conv = Conv1d(12, 24, 3, groups: 6);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;
            }
            """),
        (
            """
            [Lora(Rank = 20, Targets = ["conv"])]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Conv2d conv = Conv2d(16, 16, 3, groups: 16);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;
            }
            """,
            """
            [Lora(Rank = 16, Targets = ["conv"])]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Conv2d conv = Conv2d(16, 16, 3, groups: 16);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;
            }
            """),
    ];
}
