namespace LoraGen.Analyzers.Tests.Rules;

public sealed class TargetsMissingTests : RuleTests
{
    protected override string Id => "LORA1026";

    protected override string Message => "[Freeze] has no default for what is trained: set Targets or Layers";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [{|LORA1026:Freeze|}]
        {{Models.TwoLinears}}
        """,
        $$"""
        [assembly: {|LORA1026:Freeze(typeof(Model), Exclude = new[] { "fc1" })|}]

        {{Models.TwoLinears}}
        """,
        $$"""
        [Freeze(Name = "head", Targets = new[] { "fc2" })]
        [{|LORA1026:Freeze(MaxTrainableParameters = 100)|}]
        {{Models.TwoLinears}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Freeze(Targets = new[] { "fc1" })]
        {{Models.TwoLinears}}
        """,
        """
        [Freeze(Layers = "^1..")]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> layers = ModuleList(Linear(4, 4), Linear(4, 4));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => layers[1].forward(x);
        }
        """,
        $$"""
        [BitFit]
        {{Models.TwoLinears}}
        """,
        """
        [TrainableTokens(Tokens = new[] { 3 })]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [TrainableTokens]
            private readonly Embedding words = Embedding(10, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => words.forward(x);
        }
        """,
    ];
}
