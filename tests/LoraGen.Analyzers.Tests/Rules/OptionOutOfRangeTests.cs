namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OptionOutOfRangeTests : FixableRuleTests
{
    protected override string Id => "LORA1019";

    protected override string Message => "Interval is 0, but it must be 1 or more; 1 is usual";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [AdaLora(TotalSteps = 100, Interval = {|LORA1019:0|})]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = 100, Beta1 = {|LORA1019:1|}, Beta2 = {|LORA1019:0.0|})]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = 100, TargetRank = {|LORA1019:0|}, OrthogonalWeight = {|LORA1019:-0.5|})]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = 100, OrthogonalWeight = {|LORA1019:double.NaN|})]
        {{Models.Empty}}
        """,
        $$"""
        [Vera(Rank = {|LORA1019:0|}, DInitial = {|LORA1019:0|}, ProjectionKey = {|LORA1019:-1|})]
        {{Models.Empty}}
        """,
        $$"""
        [Oft(BlockSize = {|LORA1019:1|}, NeumannTerms = {|LORA1019:1|}, Epsilon = {|LORA1019:0|})]
        {{Models.Empty}}
        """,
        $$"""
        [Oft(BlockSize = {|LORA1019:-4|}, Blocks = {|LORA1019:-1|}, NeumannTerms = {|LORA1019:-5|})]
        {{Models.Empty}}
        """,
        $$"""
        [Oft(BlockSize = 4, Blocks = {|LORA1019:2|})]
        {{Models.Empty}}
        """,
        // A member inherits the other.
        """
        [Oft(BlockSize = 4)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Oft(Blocks = {|LORA1019:2|})] private readonly Linear fc1 = Linear(64, 64);
            [Oft(BlockSize = 0, Blocks = 2)] private readonly Linear fc2 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc2.forward(fc1.forward(x));
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [AdaLora(TotalSteps = 100, Interval = 10, Beta1 = 0.99)]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = 100, Beta1 = 0.01, Beta2 = 0.999999)]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = 100, OrthogonalWeight = 0, TargetRank = 1)]
        {{Models.Empty}}
        """,
        $$"""
        [Vera(Rank = 1, DInitial = -0.5, ProjectionKey = 42)]
        {{Models.Empty}}
        """,
        $$"""
        [Oft(BlockSize = 2, NeumannTerms = 0, Constrained = true, Epsilon = 0.001)]
        {{Models.Empty}}
        """,
        $$"""
        [Lora(Rank = 8, Alpha = 1)]
        {{Models.Empty}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [AdaLora(TotalSteps = 100, Interval = 0)]
            {{Models.Empty}}
            """,
            $$"""
            [AdaLora(TotalSteps = 100, Interval = 1)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [AdaLora(TotalSteps = 100, Beta1 = 1)]
            {{Models.Empty}}
            """,
            $$"""
            [AdaLora(TotalSteps = 100, Beta1 = 0.85)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [Vera(Rank = 0)]
            {{Models.Empty}}
            """,
            $$"""
            [Vera(Rank = 256)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [Oft(Epsilon = -1)]
            {{Models.Empty}}
            """,
            $$"""
            [Oft(Epsilon = 6E-5)]
            {{Models.Empty}}
            """),
    ];
}
