using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary>A block of <see cref="PromptedDecoder"/>.</summary>
internal sealed class DecoderBlock : Module<Tensor, Tensor, Func<int, Tensor, Tensor, (Tensor Keys, Tensor Values)>, Tensor>
{
    private const long Width = PromptedDecoder.Width;

    private readonly int layer;
    private readonly LayerNorm norm1 = LayerNorm(Width);
    private readonly Linear q_proj = Linear(Width, Width);
    private readonly Linear k_proj = Linear(Width, Width);
    private readonly Linear v_proj = Linear(Width, Width);
    private readonly Linear o_proj = Linear(Width, Width);
    private readonly LayerNorm norm2 = LayerNorm(Width);
    private readonly Linear up_proj = Linear(Width, 2 * Width);
    private readonly Linear down_proj = Linear(2 * Width, Width);

    public DecoderBlock(int layer)
        : base(nameof(DecoderBlock))
    {
        this.layer = layer;
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Tensor hides, Func<int, Tensor, Tensor, (Tensor Keys, Tensor Values)> prepend)
    {
        var input = norm1.forward(hidden);
        var queries = Split(q_proj.forward(input));
        var (keys, values) = prepend(layer, Split(k_proj.forward(input)), Split(v_proj.forward(input)));
        var scores = queries.matmul(keys.transpose(-2, -1)) * (1 / Math.Sqrt(queries.shape[^1]));
        var mixed = scores.masked_fill(hides, float.NegativeInfinity).softmax(-1).matmul(values);
        hidden = hidden + o_proj.forward(mixed.transpose(1, 2).flatten(2));
        return hidden + down_proj.forward(functional.silu(up_proj.forward(norm2.forward(hidden))));
    }

    // [batch, time, width] → [batch, head, time, size]
    private static Tensor Split(Tensor x) => x.view(x.shape[0], x.shape[1], PromptedDecoder.Heads, -1).transpose(1, 2);
}
