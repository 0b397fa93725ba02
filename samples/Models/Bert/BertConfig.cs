using Models.Configs;

namespace Models.Bert;

/// <summary>The sizes of a BERT, by the names of its <c>config.json</c>.</summary>
public sealed record BertConfig
{
    public required long VocabSize { get; init; }

    public required long HiddenSize { get; init; }

    public required long IntermediateSize { get; init; }

    public required int NumHiddenLayers { get; init; }

    public required long NumAttentionHeads { get; init; }

    public required long MaxPositionEmbeddings { get; init; }

    public long TypeVocabSize { get; init; } = 2;

    public double LayerNormEps { get; init; } = 1e-12;

    /// <summary><c>gelu</c>, <c>gelu_new</c> (its approximation by tanh) or <c>relu</c>.</summary>
    public string HiddenAct { get; init; } = "gelu";

    public double HiddenDropoutProb { get; init; } = 0.1;

    public double AttentionProbsDropoutProb { get; init; } = 0.1;

    /// <summary>The number of classes.</summary>
    public int NumLabels { get; init; } = 2;

    public static BertConfig Read(string folder) => Read(ConfigFile.Read(folder));

    public static BertConfig Read(ConfigFile file)
    {
        var activation = file.Text("hidden_act") ?? "gelu";
        file.Expect("hidden_act", activation, "gelu", "gelu_new", "relu");
        file.Expect("position_embedding_type", file.Text("position_embedding_type") ?? "absolute", "absolute");
        return new BertConfig
        {
            VocabSize = file.Integer("vocab_size"),
            HiddenSize = file.Integer("hidden_size"),
            IntermediateSize = file.Integer("intermediate_size"),
            NumHiddenLayers = (int)file.Integer("num_hidden_layers"),
            NumAttentionHeads = file.Integer("num_attention_heads"),
            MaxPositionEmbeddings = file.Integer("max_position_embeddings"),
            TypeVocabSize = file.Integer("type_vocab_size", 2),
            LayerNormEps = file.Number("layer_norm_eps", 1e-12),
            HiddenAct = activation,
            HiddenDropoutProb = file.Number("hidden_dropout_prob", 0.1),
            AttentionProbsDropoutProb = file.Number("attention_probs_dropout_prob", 0.1),
            NumLabels = file.EntriesOf("id2label") ?? (int)file.Integer("num_labels", 2),
        };
    }
}
