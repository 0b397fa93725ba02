using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Causal self-attention of the goldens' toy.</summary>
internal sealed class Attn : Module<Tensor, Tensor>
{
    private readonly long heads;
    private readonly Linear q_proj;
    private readonly Linear k_proj;
    private readonly Linear v_proj;
    private readonly Linear o_proj;

    public Attn(long width, long inner, long heads)
        : base(nameof(Attn))
    {
        this.heads = heads;
        q_proj = Linear(width, inner);
        k_proj = Linear(width, inner);
        v_proj = Linear(width, inner);
        o_proj = Linear(inner, width, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var query = Split(q_proj.forward(input));
        var key = Split(k_proj.forward(input));
        var value = Split(v_proj.forward(input));
        var scores = query.matmul(key.transpose(-2, -1)) / Math.Sqrt(query.shape[^1]);
        var future = ones(input.shape[1], input.shape[1], device: input.device).triu(1).to(ScalarType.Bool);
        var mixed = scores.masked_fill(future, float.NegativeInfinity).softmax(-1).matmul(value);
        return o_proj.forward(mixed.transpose(1, 2).reshape(input.shape[0], input.shape[1], -1));
    }

    private Tensor Split(Tensor projected)
    {
        return projected.view(projected.shape[0], projected.shape[1], heads, -1).transpose(1, 2);
    }
}
