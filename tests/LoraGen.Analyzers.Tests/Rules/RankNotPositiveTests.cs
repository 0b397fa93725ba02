namespace LoraGen.Analyzers.Tests.Rules;

public sealed class RankNotPositiveTests : FixableRuleTests
{
    protected override string Id => "LORA1001";

    protected override string Message => "Rank is 0: A would have 0 rows; use 1 or more, usually 8";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = {|LORA1001:0|}, Alpha = 16)]
        {{Models.Empty}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Alpha = 16, Rank = {|LORA1001:-8|})]

        {{Models.Empty}}
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private const int None = 0;

            [Lora(Rank = {|LORA1001:None|})] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(Rank = 1)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Alpha = 16)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        """
        [Other(Rank = 0)] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }

        public sealed class OtherAttribute : Attribute { public int Rank { get; set; } }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 0, Alpha = 16)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 8, Alpha = 16)]
            {{Models.Empty}}
            """),
    ];
}
