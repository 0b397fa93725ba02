namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ScaleNotPositiveTests : FixableRuleTests
{
    protected override string Id => "LORA1035";

    protected override string Message => "Scale is 0, but the adapter's output is multiplied by it; use a positive number, usually 1";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Bottleneck(After = new[] { "fc1" }, Scale = {|LORA1035:0|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Bottleneck(After = new[] { "fc1" }, Scale = {|LORA1035:double.NaN|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [assembly: Bottleneck(typeof(Model), Scale = {|LORA1035:-4|}, Parallel = true, After = new[] { "fc2" })]

        {{Models.TwoLinears}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Bottleneck(After = new[] { "fc1" }, Scale = 0.5)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Bottleneck(After = new[] { "fc1" })]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Bottleneck(After = new[] { "fc1" }, Parallel = true, Scale = 4)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Other(Scale = 0)]
        {{Models.TwoLinears}}

        public sealed class OtherAttribute : Attribute { public double Scale { get; set; } }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Bottleneck(After = new[] { "fc1" }, Scale = {|LORA1035:-1|})]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Bottleneck(After = new[] { "fc1" }, Scale = 1)]
            {{Models.TwoLinears}}
            """
        ),
    ];
}
