namespace LoraGen.Runtime.Tests.Models.Published;

/// <summary>Sizes that are made in no time.</summary>
internal static class Small
{
    public static MixtralConfig Mixtral => new()
    {
        HiddenSize = 16, IntermediateSize = 24, NumLocalExperts = 3, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, VocabSize = 11,
    };

    public static T5Config T5 => new() { VocabSize = 11, DModel = 16, DKv = 4, DFf = 24, NumLayers = 2, NumDecoderLayers = 1, NumHeads = 2, Buckets = 4 };

    public static T5Config UntiedT5 => new()
    {
        VocabSize = 11, DModel = 16, DKv = 4, DFf = 24, NumLayers = 1, NumHeads = 2, Buckets = 4, TieWordEmbeddings = false,
    };

    public static VitConfig Vit => new(ImageSize: 16, PatchSize: 4, Dim: 16, Depth: 2, Heads: 4, MlpRatio: 2.5, NumClasses: 5);
}
