using Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Llama;

/// <summary>Attention in which several heads of queries share one of keys and values.</summary>
public sealed class LlamaAttention : Module<Tensor, Rotation, Tensor, PastTokens, Tensor>
{
    private readonly int layer;
    private readonly long headDim;
    private readonly long queriesPerKey;
    private readonly Linear q_proj;
    private readonly Linear k_proj;
    private readonly Linear v_proj;
    private readonly Linear o_proj;

    public LlamaAttention(LlamaConfig config, int layer)
        : base(nameof(LlamaAttention))
    {
        this.layer = layer;
        headDim = config.HeadDim;
        queriesPerKey = config.NumAttentionHeads / config.NumKeyValueHeads;
        q_proj = Linear(config.HiddenSize, config.NumAttentionHeads * config.HeadDim, config.AttentionBias);
        k_proj = Linear(config.HiddenSize, config.NumKeyValueHeads * config.HeadDim, config.AttentionBias);
        v_proj = Linear(config.HiddenSize, config.NumKeyValueHeads * config.HeadDim, config.AttentionBias);
        o_proj = Linear(config.NumAttentionHeads * config.HeadDim, config.HiddenSize, config.AttentionBias);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Rotation rotation, Tensor mask, PastTokens past)
    {
        var queries = rotation.Turn(SplitHeads(q_proj.forward(hidden)));
        var keys = rotation.Turn(SplitHeads(k_proj.forward(hidden)));
        var values = SplitHeads(v_proj.forward(hidden));
        (keys, values) = past.Prepend(layer, keys, values);
        keys = keys.repeat_interleave(queriesPerKey, dim: 1);
        values = values.repeat_interleave(queriesPerKey, dim: 1);
        var mixed = MaskedAttention.Of(queries, keys, values, mask);
        return o_proj.forward(mixed.transpose(1, 2).flatten(2));
    }

    // [batch, time, width] → [batch, head, time, size of a head]
    private Tensor SplitHeads(Tensor x) => x.view(x.shape[0], x.shape[1], -1, headDim).transpose(1, 2);
}
