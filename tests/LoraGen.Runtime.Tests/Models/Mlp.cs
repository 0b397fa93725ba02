using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>The feed-forward part of the goldens' toy.</summary>
internal sealed class Mlp : Module<Tensor, Tensor>
{
    private readonly Linear up_proj;
    private readonly Linear down_proj;

    public Mlp(long width, long inner)
        : base(nameof(Mlp))
    {
        up_proj = Linear(width, inner);
        down_proj = Linear(inner, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => down_proj.forward(functional.silu(up_proj.forward(input)));
}
