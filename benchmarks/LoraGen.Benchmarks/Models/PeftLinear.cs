using LoraGen.Benchmarks.Graphs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary>A frozen Linear with LoRA as Hugging Face's PEFT computes it.</summary>
internal sealed class PeftLinear : Module<Tensor, Tensor>
{
    private const int Rank = 8;
    private const double Alpha = 16;

    private readonly Linear base_layer;
    private readonly Parameter lora_A;
    private readonly Parameter lora_B;
    private readonly Scalar _scaling = Alpha / Rank;

    public PeftLinear(long inFeatures, long outFeatures)
        : base(nameof(PeftLinear))
    {
        base_layer = Linear(inFeatures, outFeatures);
        foreach (var parameter in base_layer.parameters())
            parameter.requires_grad = false;
        lora_A = new Parameter(init.kaiming_uniform_(empty(Rank, inFeatures), Math.Sqrt(5)));
        lora_B = new Parameter(zeros(outFeatures, Rank));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => PeftGraph.Lora(base_layer, input, lora_A, lora_B, _scaling);
}
