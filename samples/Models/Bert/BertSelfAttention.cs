using LoraGen;
using Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Bert;

/// <summary>Attention over the whole text, in both directions.</summary>
public sealed class BertSelfAttention : Module<Tensor, Tensor, AttentionPrefix, Tensor>
{
    private readonly int layer;
    private readonly long heads;
    private readonly double dropoutProb;
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;

    public BertSelfAttention(BertConfig config, int layer)
        : base(nameof(BertSelfAttention))
    {
        this.layer = layer;
        heads = config.NumAttentionHeads;
        dropoutProb = config.AttentionProbsDropoutProb;
        query = Linear(config.HiddenSize, config.HiddenSize);
        key = Linear(config.HiddenSize, config.HiddenSize);
        value = Linear(config.HiddenSize, config.HiddenSize);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Tensor mask, AttentionPrefix prefix)
    {
        var queries = SplitHeads(query.forward(hidden));
        var (keys, values) = prefix.Prepend(layer, SplitHeads(key.forward(hidden)), SplitHeads(value.forward(hidden)));
        var mixed = MaskedAttention.Of(queries, keys, values, mask, training ? dropoutProb : 0);
        return mixed.transpose(1, 2).flatten(2);
    }

    // [batch, time, width] → [batch, head, time, size of a head]
    private Tensor SplitHeads(Tensor x) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);
}
