using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Qwen2;

/// <summary>The gated feed-forward part of a layer (Shazeer 2020, arXiv:2002.05202).</summary>
public sealed class Qwen2Mlp : Module<Tensor, Tensor>
{
    private readonly Linear gate_proj;
    private readonly Linear up_proj;
    private readonly Linear down_proj;

    public Qwen2Mlp(Qwen2Config config)
        : base(nameof(Qwen2Mlp))
    {
        gate_proj = Linear(config.HiddenSize, config.IntermediateSize, hasBias: false);
        up_proj = Linear(config.HiddenSize, config.IntermediateSize, hasBias: false);
        down_proj = Linear(config.IntermediateSize, config.HiddenSize, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden)
    {
        return down_proj.forward(functional.silu(gate_proj.forward(hidden)) * up_proj.forward(hidden));
    }
}
