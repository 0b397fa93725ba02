namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ReductionFactorNotPositiveTests : FixableRuleTests
{
    protected override string Id => "LORA1034";

    protected override string Message => "ReductionFactor is 0, but the width is divided by it; use 1 or more, usually 16";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Bottleneck(After = new[] { "fc1" }, ReductionFactor = {|LORA1034:0|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [assembly: Bottleneck(typeof(Model), ReductionFactor = {|LORA1034:-8|}, After = new[] { "fc1", "fc2" })]

        {{Models.TwoLinears}}
        """,
        $$"""
        [Bottleneck(Name = "narrow", After = new[] { "fc2" }, ReductionFactor = {|LORA1034:Sizes.None|})]
        {{Models.TwoLinears}}

        public static class Sizes
        {
            public const int None = 0;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Bottleneck(After = new[] { "fc1" }, ReductionFactor = 64)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Other(ReductionFactor = 0)]
        {{Models.TwoLinears}}

        public sealed class OtherAttribute : Attribute { public int ReductionFactor { get; set; } }
        """,
        $$"""
        [Bottleneck(After = new[] { "fc1" }, ReductionFactor = 1)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Bottleneck(After = new[] { "fc1" })]
        {{Models.TwoLinears}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Bottleneck(After = new[] { "fc1" }, ReductionFactor = {|LORA1034:-4|})]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Bottleneck(After = new[] { "fc1" }, ReductionFactor = 16)]
            {{Models.TwoLinears}}
            """
        ),
    ];
}
