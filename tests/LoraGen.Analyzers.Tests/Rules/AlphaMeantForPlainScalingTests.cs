namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AlphaMeantForPlainScalingTests : FixableRuleTests
{
    protected override string Id => "LORA1004";

    protected override string Message =>
        "Alpha 128 is usual for alpha / rank, but RankStabilized divides it by √64, so the scaling is 16 instead of 2; Alpha = 16 keeps it";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 64, Alpha = {|LORA1004:128|}, RankStabilized = true)]
        {{Models.Empty}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), RankStabilized = {|LORA1004:true|}, Rank = 16)]

        {{Models.Empty}}
        """,
        """
        [Lora(Rank = 32, Alpha = 32)]
        public sealed partial class Model
        {
            [Lora(RankStabilized = {|LORA1004:true|})] private readonly Linear fc = Linear(256, 256);
        }

        public sealed partial class Model : Module<Tensor, Tensor>
        {
            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(Rank = 64, Alpha = 128)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        """
        [Lora(Rank = 64, Alpha = 16, RankStabilized = true)]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,
        """
        [Lora(Rank = 8, Alpha = 16, RankStabilized = true)]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,
        """
        [Lora(Rank = 64, Alpha = 128, RankStabilized = false)]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,

        // The model may give the block's layer another alpha.
        """
        public sealed class Block : Module<Tensor, Tensor>
        {
            [Lora(Rank = 64, RankStabilized = true)] private readonly Linear fc = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 32, Alpha = 64, RankStabilized = true)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 32, Alpha = 11.3, RankStabilized = true)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [assembly: Lora(typeof(Model), RankStabilized = true, Rank = 16)]

            {{Models.Empty}}
            """,
            $$"""
            [assembly: Lora(typeof(Model), RankStabilized = true, Rank = 16, Alpha = 4)]

            {{Models.Empty}}
            """),
    ];
}
