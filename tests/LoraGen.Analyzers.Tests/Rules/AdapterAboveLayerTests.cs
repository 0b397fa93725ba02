namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AdapterAboveLayerTests : FixableRuleTests
{
    protected override string Id => "LORA2008";

    protected override string Message =>
        "With rank 32 the adapter of fc1 has 4096 parameters, but the layer's own weight, Linear(64, 64), has 4096; lower the rank, or train the layer itself";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = {|LORA2008:32|})]
        {{Models.OneLinear}}
        """,
        """
        [assembly: Lora(typeof(Model), Rank = {|LORA2008:48|}, Alpha = 96)]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Model()
                : base("Model")
            {
                const int width = 64;
                fc1 = Linear(width, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = {|LORA2008:60|})] private readonly Linear fc1 = Linear(64, 128);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [{|LORA2008:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(9, 9);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = {|LORA2008:16|}, Targets = ["conv"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(4, 16, 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        // A reads the channels of all groups, so that it is larger than the weight from the smallest rank on.
        """
        [Lora(Rank = {|LORA2008:16|}, Targets = ["conv"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(16, 16, 3, groups: 16);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = {|LORA2008:10|}, Targets = ["emb"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(20, 20);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora(Rank = 8, Targets = ["conv", "emb"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(4, 16, 3);
            private readonly Embedding emb = Embedding(20, 20);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Rank = 31)]
        {{Models.OneLinear}}
        """,
        $$"""
        [Lora(Rank = 128)]
        {{Models.OneLinear}}
        """,
        """
        [Lora(Rank = 32)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Model(int width)
                : base("Model")
            {
                fc1 = Linear(64, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 32, Targets = ["fc2"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(256, 256);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 32)]
            {{Models.OneLinear}}
            """,
            $$"""
            [Lora(Rank = 16)]
            {{Models.OneLinear}}
            """),
        (
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(9, 9);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;
            }
            """,
            """
            [Lora(Rank = 2)]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(9, 9);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;
            }
            """),
    ];
}
