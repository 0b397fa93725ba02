namespace LoraGen.Analyzers.Tests.Rules;

public sealed class DropoutOutOfRangeTests : FixableRuleTests
{
    protected override string Id => "LORA1005";

    protected override string Message => "Dropout is 5, but it is a probability from 0 to below 1; write 0.05 or leave it out";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 8, Dropout = {|LORA1005:5|})]
        {{Models.Empty}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Dropout = {|LORA1005:1.0|})]
        [assembly: Lora(typeof(Model), Name = "other", Dropout = {|LORA1005:double.NaN|})]

        {{Models.Empty}}
        """,
        """
        static class Outer
        {
            internal sealed class Block : Module<Tensor, Tensor>
            {
                [Lora(Dropout = {|LORA1005:-0.1|})] private readonly Linear fc = Linear(4, 4);

                public Block() : base("Block") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(Dropout = 0)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Dropout = 0.999)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Dropout = 5 / 100d)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Rank = 8)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Dropout drop = nn.Dropout(1);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => drop.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 8, Dropout = 10)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 8, Dropout = 0.1)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [assembly: Lora(typeof(Model), Dropout = 100)]

            {{Models.Empty}}
            """,
            $$"""
            [assembly: Lora(typeof(Model), Dropout = 0.05)]

            {{Models.Empty}}
            """),
    ];
}
