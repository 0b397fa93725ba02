using Models.Configs;

namespace Models.Llama;

/// <summary>The sizes of a Llama (2, 3, 3.1, 3.2, …), by the names of its <c>config.json</c>.</summary>
public sealed record LlamaConfig
{
    public required long VocabSize { get; init; }

    public required long HiddenSize { get; init; }

    public required long IntermediateSize { get; init; }

    public required int NumHiddenLayers { get; init; }

    public required long NumAttentionHeads { get; init; }

    public required long NumKeyValueHeads { get; init; }

    /// <summary>The size of a head; the width divided by the number of heads if the file has none.</summary>
    public required long HeadDim { get; init; }

    public bool AttentionBias { get; init; }

    public bool MlpBias { get; init; }

    public double RmsNormEps { get; init; } = 1e-6;

    public double RopeTheta { get; init; } = 10000;

    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Whether the head shares the embedding's weight, as in the smaller models.</summary>
    public bool TieWordEmbeddings { get; init; }

    public static LlamaConfig Read(string folder) => Read(ConfigFile.Read(folder));

    public static LlamaConfig Read(ConfigFile file)
    {
        file.Expect("hidden_act", file.Text("hidden_act") ?? "silu", "silu");
        var heads = file.Integer("num_attention_heads");
        return new LlamaConfig
        {
            VocabSize = file.Integer("vocab_size"),
            HiddenSize = file.Integer("hidden_size"),
            IntermediateSize = file.Integer("intermediate_size"),
            NumHiddenLayers = (int)file.Integer("num_hidden_layers"),
            NumAttentionHeads = heads,
            NumKeyValueHeads = file.Integer("num_key_value_heads", heads),
            HeadDim = file.Integer("head_dim", file.Integer("hidden_size") / heads),
            AttentionBias = file.Flag("attention_bias", otherwise: false),
            MlpBias = file.Flag("mlp_bias", otherwise: false),
            RmsNormEps = file.Number("rms_norm_eps", 1e-6),
            RopeTheta = RopeScaling.Theta(file, 10000),
            RopeScaling = RopeScaling.Read(file),
            TieWordEmbeddings = file.Flag("tie_word_embeddings", otherwise: false),
        };
    }
}
