namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ModuleTakesOtherInputsTests : RuleTests
{
    private const string Block = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Attention attention = new();
            private readonly Mlp mlp = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => mlp.forward(attention.forward(x, x));
        }

        public sealed class Attention : Module<Tensor, Tensor, Tensor>
        {
            private readonly Linear out_proj = Linear(16, 16);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x, Tensor mask) => out_proj.forward(x * mask);
        }

        public sealed class Mlp : Module<Tensor, Tensor>
        {
            private readonly Linear up = Linear(16, 32);
            private readonly Linear down = Linear(32, 16);

            public Mlp() : base("Mlp") => RegisterComponents();

            public override Tensor forward(Tensor x) => down.forward(up.forward(x));
        }
        """;

    protected override string Id => "LORA2024";

    protected override string Message =>
        "attention: Attention is no Module<Tensor, Tensor>, so no adapter can be put after it; name the module in it that computes its output, such as "
        + "its last projection";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Bottleneck(After = {|LORA2024:new[] { "attention", "mlp" }|})]
        {{Block}}
        """,
        $$"""
        [Bottleneck(Name = "any", After = {|LORA2024:new[] { "*" }|})]
        {{Block}}
        """,
        $$"""
        [assembly: Bottleneck(typeof(Model), After = {|LORA2024:new[] { "mlp.down", "attention" }|}, ReductionFactor = 4)]

        {{Block}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Bottleneck(After = new[] { "out_proj", "mlp" })]
        {{Block}}
        """,
        $$"""
        [Bottleneck(After = new[] { "*" }, Exclude = new[] { "attention" })]
        {{Block}}
        """,
        $$"""
        [Bottleneck(After = new[] { "attention.*", "mlp" })]
        {{Block}}
        """,
        $$"""
        [Lora(Targets = new[] { "attention.*" })]
        {{Block}}
        """,
    ];
}
