namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BudgetExceededTests : FixableRuleTests
{
    protected override string Id => "LORA1016";

    protected override string Message =>
        "The adapter has 2048 trainable parameters, but MaxTrainableParameters is 2000; lower the rank, target fewer layers, or raise the budget";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 8, MaxTrainableParameters = {|LORA1016:2000|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Rank = 4, Targets = new[] { "q_proj" }, MaxTrainableParameters = {|LORA1016:1_023|})]

        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """,
        """
        [Lora(MaxTrainableParameters = {|LORA1016:Limits.Small|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> heads;

            public Model()
                : base("Model")
            {
                heads = new ModuleList<Linear>();
                for (var i = 0; i < 3; i++)
                    heads.Add(Linear(64, 64));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }

        public static class Limits
        {
            public const int Small = 3 * 1024 - 1;
        }
        """,
        // As PEFT counts them: 8·(3·9) + 8·16 and 8·(4·3) + 2·16 and 8·(50 + 32).
        """
        [Lora(Targets = ["*"], MaxTrainableParameters = {|LORA1016:1127|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(3, 16, 3);
            private readonly Conv1d grouped = Conv1d(4, 16, 3, groups: 4);
            private readonly Embedding emb = Embedding(50, 32);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora(Targets = ["*"], MaxTrainableParameters = 1128)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(3, 16, 3);
            private readonly Conv1d grouped = Conv1d(4, 16, 3, groups: 4);
            private readonly Embedding emb = Embedding(50, 32);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Rank = 8, MaxTrainableParameters = 2048)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Rank = 8, MaxTrainableParameters = 0)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Rank = 8, MaxTrainableParameters = 1500, Exclude = ["fc2"])]
        {{Models.TwoLinears}}
        """,
        """
        [Lora(Rank = 8, MaxTrainableParameters = 100)]
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
        [Lora(Rank = 8, MaxTrainableParameters = 100)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(Sequential head)
                : base("Model")
            {
                this.head = head;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 8, MaxTrainableParameters = 1500)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear? fc2;

            public Model(bool deep)
                : base("Model")
            {
                if (deep)
                    fc2 = Linear(64, 64);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 8, MaxTrainableParameters = 1500)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);

            public Model()
                : base("Model")
            {
                fc2.weight = fc1.weight;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Rank = 8, MaxTrainableParameters = 1500)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [Lora(Rank = 1)] private readonly Linear fc2 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 8, MaxTrainableParameters = 2000)]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(Rank = 8, MaxTrainableParameters = 2048)]
            {{Models.TwoLinears}}
            """),
    ];
}
