namespace LoraGen.Runtime.Tests.Models;

/// <summary>Sizes of a decoder such as Qwen2's or Llama's, as their config.json has them.</summary>
internal sealed record CausalConfig
{
    public int Hidden { get; init; } = 16;

    public int Intermediate { get; init; } = 24;

    public int Layers { get; init; } = 2;

    public int Heads { get; init; } = 4;

    public int? KeyValueHeads { get; init; }

    public int Vocabulary { get; init; } = 50;

    public bool AttentionBias { get; init; }

    public bool TieEmbeddings { get; init; } = true;

    public int HeadDim => Hidden / Heads;

    public static CausalConfig Qwen2_0_5B { get; } = new()
    {
        Hidden = 896, Intermediate = 4864, Layers = 24, Heads = 14, KeyValueHeads = 2, Vocabulary = 151_936, AttentionBias = true,
    };

    public static CausalConfig Llama3_2_3B { get; } = new()
    {
        Hidden = 3072, Intermediate = 8192, Layers = 28, Heads = 24, KeyValueHeads = 8, Vocabulary = 128_256,
    };
}
