namespace LoraGen.Analyzers.Tests.Rules;

public sealed class TokensInvalidTests : RuleTests
{
    private const string Words = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding words = Embedding(10, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => words.forward(x);
        }
        """;

    protected override string Id => "LORA1027";

    protected override string Message => "Tokens is empty, so nothing would be trained; name the rows to train";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [{|LORA1027:TrainableTokens(Targets = new[] { "words" })|}]
        {{Words}}
        """,
        $$"""
        [TrainableTokens(Tokens = {|LORA1027:new[] { 3, -1 }|}, Targets = new[] { "words" })]
        {{Words}}
        """,
        $$"""
        [TrainableTokens(Tokens = {|LORA1027:new[] { 3, 5, 3 }|}, Targets = new[] { "words" })]
        {{Words}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [TrainableTokens(Tokens = new[] { 3, 0, 9 }, Targets = new[] { "words" })]
        {{Words}}
        """,
        $$"""
        [TrainableTokens(Tokens = new[] { 0 }, Targets = new[] { "words" })]
        {{Words}}
        """,
        $$"""
        [Lora(Targets = new[] { "words" })]
        {{Words}}
        """,
        $$"""
        [Other(Tokens = new[] { -1 })]
        {{Words}}

        public sealed class OtherAttribute : Attribute { public int[] Tokens { get; set; } = []; }
        """,
    ];
}
