namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ScheduleImpossibleTests : FixableRuleTests
{
    protected override string Id => "LORA1018";

    protected override string Message =>
        "The schedule can't be followed: InitialRank is 8, but it must be above TargetRank, which is 8; use 1.5 times as much, here 12";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [AdaLora(InitialRank = {|LORA1018:8|}, TotalSteps = 100)]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TargetRank = {|LORA1018:12|}, TotalSteps = 100)]
        {{Models.Empty}}
        """,
        $$"""
        [{|LORA1018:AdaLora|}]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = {|LORA1018:-1|})]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = {|LORA1018:100|}, InitialSteps = 40, FinalSteps = 60)]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = 100, InitialSteps = {|LORA1018:-4|})]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = 100, FinalSteps = {|LORA1018:-4|})]
        {{Models.Empty}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [AdaLora(TotalSteps = 100, InitialSteps = 40, FinalSteps = 59, InitialRank = 9)]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(InitialRank = 2, TargetRank = 1, TotalSteps = 1)]
        {{Models.Empty}}
        """,
        $$"""
        [AdaLora(TotalSteps = Steps.All, FinalSteps = Steps.All / 2)]
        {{Models.Empty}}

        public static class Steps
        {
            public const long All = 100;
        }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            [AdaLora(FinalSteps = 100)] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [AdaLora(InitialRank = 8, TotalSteps = 100)]
            {{Models.Empty}}
            """,
            $$"""
            [AdaLora(InitialRank = 12, TotalSteps = 100)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [AdaLora(TotalSteps = 100, FinalSteps = -4)]
            {{Models.Empty}}
            """,
            $$"""
            [AdaLora(TotalSteps = 100, FinalSteps = 0)]
            {{Models.Empty}}
            """),
    ];
}
