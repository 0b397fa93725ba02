using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Llama;

/// <summary>The gated feed-forward part of a layer (Shazeer 2020, arXiv:2002.05202).</summary>
public sealed class LlamaMlp : Module<Tensor, Tensor>
{
    private readonly Linear gate_proj;
    private readonly Linear up_proj;
    private readonly Linear down_proj;

    public LlamaMlp(LlamaConfig config)
        : base(nameof(LlamaMlp))
    {
        gate_proj = Linear(config.HiddenSize, config.IntermediateSize, config.MlpBias);
        up_proj = Linear(config.HiddenSize, config.IntermediateSize, config.MlpBias);
        down_proj = Linear(config.IntermediateSize, config.HiddenSize, config.MlpBias);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden)
    {
        return down_proj.forward(functional.silu(gate_proj.forward(hidden)) * up_proj.forward(hidden));
    }
}
