using LoraGen;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Bert;

/// <summary>BERT with a classification head (arXiv:1810.04805).</summary>
[Lora(Rank = 8, Alpha = 16, Targets = ["query", "value"])]
public sealed class BertForSequenceClassification : Module<Tensor, Tensor?, Tensor?, Tensor>, IPromptable, IPrefixable
{
    private readonly BertModel bert;
    private readonly Dropout dropout;
    private readonly Linear classifier;

    public BertForSequenceClassification(BertConfig config)
        : base(nameof(BertForSequenceClassification))
    {
        Config = config;
        bert = new BertModel(config);
        dropout = Dropout(config.HiddenDropoutProb);
        classifier = Linear(config.HiddenSize, config.NumLabels);
        RegisterComponents();
    }

    public BertConfig Config { get; }

    long IPromptable.EmbeddingWidth => Config.HiddenSize;

    Tensor? IPromptable.TokenEmbeddings => bert.EmbeddingWeight;

    long? IPromptable.MaxPositions => Config.MaxPositionEmbeddings;

    int IPrefixable.AttentionLayers => Config.NumHiddenLayers;

    long IPrefixable.KeyValueHeads => Config.NumAttentionHeads;

    long IPrefixable.HeadSize => Config.HiddenSize / Config.NumAttentionHeads;

    long? IPrefixable.MaxPositions => Config.MaxPositionEmbeddings;

    /// <param name="ids">Tokens [batch, time].</param>
    /// <param name="attentionMask">[batch, time], 0 for padding; null for no mask.</param>
    /// <param name="tokenTypes">[batch, time], which of two texts each token belongs to; null: all belong to the first.</param>
    /// <returns>The logits of the classes, [batch, classes].</returns>
    public override Tensor forward(Tensor ids, Tensor? attentionMask, Tensor? tokenTypes)
    {
        return classifier.forward(dropout.forward(bert.call(ids, attentionMask, tokenTypes)));
    }
}
