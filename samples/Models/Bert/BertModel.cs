using LoraGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Bert;

/// <summary>The encoder with its pooler.</summary>
public sealed class BertModel : Module<Tensor, Tensor?, Tensor?, Tensor>
{
    private readonly BertEmbeddings embeddings;
    private readonly BertEncoder encoder;
    private readonly BertPooler? pooler;

    /// <param name="config">The sizes.</param>
    /// <param name="pooling">False for a model without a pooler, of which only <see cref="Encode"/> can be called.</param>
    public BertModel(BertConfig config, bool pooling = true)
        : base(nameof(BertModel))
    {
        embeddings = new BertEmbeddings(config);
        encoder = new BertEncoder(config);
        pooler = pooling ? new BertPooler(config) : null;
        RegisterComponents();
    }

    /// <summary>The embeddings of the vocabulary, [vocabulary, width].</summary>
    public Tensor EmbeddingWeight => embeddings.WordWeight;

    /// <summary>As <see cref="BertForSequenceClassification.forward"/>, to the pooled states [batch, width].</summary>
    public override Tensor forward(Tensor ids, Tensor? attentionMask, Tensor? tokenTypes)
    {
        if (pooler is null)
            throw new InvalidOperationException("This model has no pooler. Call Encode.");

        return pooler.forward(Encode(ids, attentionMask, tokenTypes).select(1, 0));
    }

    /// <summary>As <see cref="forward"/>, to the states of all tokens after the last layer [batch, time, width], without those of virtual tokens.</summary>
    public Tensor Encode(Tensor ids, Tensor? attentionMask, Tensor? tokenTypes)
    {
        var prompted = VirtualTokens.Prepend(this, embeddings.Words(ids), attentionMask ?? ones_like(ids));
        var hidden = embeddings.call(prompted.Embeddings, prompted.Extend(tokenTypes ?? zeros_like(ids), 0), prompted.Past);
        var padding = prompted.Mask!.eq(0).unsqueeze(1).unsqueeze(1);
        var mask = zeros(padding.shape, hidden.dtype, hidden.device).masked_fill(padding, finfo(hidden.dtype).min);
        return encoder.call(hidden, mask, prompted.Prefix).narrow(1, prompted.Start, ids.shape[1]);
    }
}
