namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ScalingUnusualTests : FixableRuleTests
{
    protected override string Id => "LORA1003";

    protected override string Message => "Alpha 64 with rank 4 scales what the adapter adds by 16; Alpha is usually 4 or 8, for a scaling of 1 or 2";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 4, Alpha = {|LORA1003:64|})]
        {{Models.Empty}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Alpha = {|LORA1003:0.5|})]

        {{Models.Empty}}
        """,
        """
        [Lora(Rank = 4, Alpha = 8)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = {|LORA1003:128|})] private readonly Linear fc = Linear(256, 256);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        $$"""
        [Lora(RankStabilized = true, Rank = 4, Alpha = {|LORA1003:32|})]
        {{Models.Empty}}
        """,
        """
        [Lora(Rank = 4, Alpha = 8)]
        [Lora(Name = "style", Rank = 64, Alpha = 64)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Name = "style", Alpha = {|LORA1003:4|})] private readonly Linear fc = Linear(256, 256);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(Rank = 4, Alpha = 32)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Rank = 80, Alpha = 8)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Rank = 512)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",

        // Others say what is wrong with these.
        "[Lora(Rank = 0, Alpha = 16)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Alpha = -100)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        """
        [Lora(Rank = 256, Alpha = 256, RankStabilized = true)]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,

        // The model's rank and alpha are not seen from the block.
        $$"""
        public sealed class Block : Module<Tensor, Tensor>
        {
            [Lora(Alpha = 128)] private readonly Linear a = Linear(4, 4);
            [Lora(Rank = 256, Alpha = 16)] private readonly Linear b = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => b.forward(a.forward(x));
        }

        [Lora(Rank = 64, RankStabilized = true, Alpha = 12)]
        {{Models.CalledBlock}}
        """,
        """
        [Lora(Rank = 4, Alpha = 8, RankStabilized = true, Name = "a")]
        [Lora(Rank = 4, Alpha = 4, Name = "b")]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 64)] private readonly Linear fc = Linear(256, 256);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 4, Alpha = 64)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 4, Alpha = 8)]
            {{Models.Empty}}
            """),
        (
            """
            [Lora(Rank = 4, Alpha = 8)]
            public sealed class Model : Module<Tensor, Tensor>
            {
                [Lora(Rank = 128)] private readonly Linear fc = Linear(256, 256);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """,
            """
            [Lora(Rank = 4, Alpha = 8)]
            public sealed class Model : Module<Tensor, Tensor>
            {
                [Lora(Rank = 128, Alpha = 256)] private readonly Linear fc = Linear(256, 256);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """),
        (
            $$"""
            [Lora(RankStabilized = true, Rank = 8, Alpha = 256)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(RankStabilized = true, Rank = 8, Alpha = 5.7)]
            {{Models.Empty}}
            """),
    ];
}
