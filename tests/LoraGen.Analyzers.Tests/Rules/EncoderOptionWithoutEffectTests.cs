namespace LoraGen.Analyzers.Tests.Rules;

public sealed class EncoderOptionWithoutEffectTests : FixableRuleTests
{
    protected override string Id => "LORA1031";

    protected override string Message => "EncoderLayers has no effect, because the encoder is an MLP, whose layers are always three; remove it";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [PTuning(EncoderLayers = {|LORA1031:3|})]
        {{Models.Prompted}}
        """,
        $$"""
        [assembly: PTuning(typeof(Model), Encoder = PromptEncoder.Mlp, EncoderDropout = {|LORA1031:0.1|})]

        {{Models.Prompted}}
        """,
        $$"""
        [PTuning(Encoder = PromptEncoder.Lstm, EncoderLayers = 1, EncoderDropout = {|LORA1031:0.1|})]
        {{Models.Prompted}}
        """,
        $$"""
        [PrefixTuning(ProjectionSize = {|LORA1031:64|})]
        {{Models.Prompted}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [PTuning(EncoderLayers = 2)]
        {{Models.Prompted}}
        """,
        $$"""
        [PTuning(EncoderDropout = 0)]
        {{Models.Prompted}}
        """,
        $$"""
        [PTuning(Encoder = PromptEncoder.Lstm, EncoderLayers = 2, EncoderDropout = 0.1)]
        {{Models.Prompted}}
        """,
        $$"""
        [PrefixTuning(ProjectionSize = 64, Projection = true)]
        {{Models.Prompted}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [PrefixTuning(Tokens = 4, ProjectionSize = 64)]
            {{Models.Prompted}}
            """,
            $$"""
            [PrefixTuning(Tokens = 4)]
            {{Models.Prompted}}
            """),
        (
            $$"""
            [PTuning(EncoderDropout = 0.5, Tokens = 4)]
            {{Models.Prompted}}
            """,
            $$"""
            [PTuning(Tokens = 4)]
            {{Models.Prompted}}
            """),
    ];
}
