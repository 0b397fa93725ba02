using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace QuickStart.Model;

/// <summary>Causal self-attention over several heads.</summary>
internal sealed class Attention : Module<Tensor, Tensor>
{
    private readonly int heads;
    private readonly Linear q_proj;
    private readonly Linear k_proj;
    private readonly Linear v_proj;
    private readonly Linear o_proj;

    public Attention(TransformerConfig config)
        : base(nameof(Attention))
    {
        heads = config.Heads;
        q_proj = Linear(config.Width, config.Width);
        k_proj = Linear(config.Width, config.Width);
        v_proj = Linear(config.Width, config.Width);
        o_proj = Linear(config.Width, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var queries = SplitHeads(q_proj.forward(input));
        var keys = SplitHeads(k_proj.forward(input));
        var values = SplitHeads(v_proj.forward(input));
        var mixed = functional.scaled_dot_product_attention(queries, keys, values, is_casual: true);
        return o_proj.forward(mixed.transpose(1, 2).flatten(2));
    }

    // [batch, time, width] → [batch, head, time, width of a head]
    private Tensor SplitHeads(Tensor x) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);
}
