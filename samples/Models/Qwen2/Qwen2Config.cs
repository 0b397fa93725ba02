using Models.Configs;

namespace Models.Qwen2;

/// <summary>The sizes of a Qwen2 or Qwen2.5, by the names of its <c>config.json</c>.</summary>
public sealed record Qwen2Config
{
    public required long VocabSize { get; init; }

    public required long HiddenSize { get; init; }

    public required long IntermediateSize { get; init; }

    public required int NumHiddenLayers { get; init; }

    public required long NumAttentionHeads { get; init; }

    public required long NumKeyValueHeads { get; init; }

    public required long HeadDim { get; init; }

    public double RmsNormEps { get; init; } = 1e-6;

    public double RopeTheta { get; init; } = 10000;

    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Whether the head shares the embedding's weight, as in the smaller models.</summary>
    public bool TieWordEmbeddings { get; init; }

    public static Qwen2Config Read(string folder) => Read(ConfigFile.Read(folder));

    public static Qwen2Config Read(ConfigFile file)
    {
        file.Expect("hidden_act", file.Text("hidden_act") ?? "silu", "silu");
        file.Expect("use_sliding_window", file.Flag("use_sliding_window", otherwise: false) ? "true" : "false", "false");
        var heads = file.Integer("num_attention_heads");
        return new Qwen2Config
        {
            VocabSize = file.Integer("vocab_size"),
            HiddenSize = file.Integer("hidden_size"),
            IntermediateSize = file.Integer("intermediate_size"),
            NumHiddenLayers = (int)file.Integer("num_hidden_layers"),
            NumAttentionHeads = heads,
            NumKeyValueHeads = file.Integer("num_key_value_heads", heads),
            HeadDim = file.Integer("head_dim", file.Integer("hidden_size") / heads),
            RmsNormEps = file.Number("rms_norm_eps", 1e-6),
            RopeTheta = RopeScaling.Theta(file, 10000),
            RopeScaling = RopeScaling.Read(file),
            TieWordEmbeddings = file.Flag("tie_word_embeddings", otherwise: false),
        };
    }
}
