namespace LoraGen.Analyzers.Tests.Rules;

public sealed class VirtualTokensOutOfRangeTests : FixableRuleTests
{
    protected override string Id => "LORA1030";

    protected override string Message => "Tokens is 0, but it is a number of 1 or more; use 20";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [PromptTuning(Tokens = {|LORA1030:0|})]
        {{Models.Prompted}}
        """,
        $$"""
        [assembly: PTuning(typeof(Model), EncoderSize = {|LORA1030:-1|}, Encoder = PromptEncoder.Lstm, EncoderLayers = {|LORA1030:0|})]

        {{Models.Prompted}}
        """,
        $$"""
        [PTuning(Encoder = PromptEncoder.Lstm, EncoderDropout = {|LORA1030:1.5|})]
        {{Models.Prompted}}
        """,
        $$"""
        [PrefixTuning(Tokens = {|LORA1030:-3|}, Projection = true, ProjectionSize = {|LORA1030:-2|})]
        {{Models.Prompted}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [PromptTuning(Tokens = 1)]
        {{Models.Prompted}}
        """,
        $$"""
        [PTuning(EncoderSize = 0)]
        {{Models.Prompted}}
        """,
        $$"""
        [PTuning(Encoder = PromptEncoder.Lstm, EncoderLayers = 2, EncoderDropout = 0.99)]
        {{Models.Prompted}}
        """,
        $$"""
        [PrefixTuning(Tokens = 500, Projection = true, ProjectionSize = 1)]
        {{Models.Prompted}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [PromptTuning(Tokens = -1)]
            {{Models.Prompted}}
            """,
            $$"""
            [PromptTuning(Tokens = 20)]
            {{Models.Prompted}}
            """),
        (
            $$"""
            [PTuning(Encoder = PromptEncoder.Lstm, EncoderDropout = 10)]
            {{Models.Prompted}}
            """,
            $$"""
            [PTuning(Encoder = PromptEncoder.Lstm, EncoderDropout = 0.1)]
            {{Models.Prompted}}
            """),
    ];
}
