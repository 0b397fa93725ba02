using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>The goldens' toy classifier of sequences: [batch, 6, time] → 5 classes.</summary>
[Lora(Rank = 4, Alpha = 8, Targets = ["conv1", "conv2"])]
internal sealed class ToyConv1d : Module<Tensor, Tensor>
{
    private readonly Conv1d conv1;
    private readonly Conv1d conv2;
    private readonly Linear lin0;

    public ToyConv1d()
        : base(nameof(ToyConv1d))
    {
        conv1 = Conv1d(6, 8, 3, padding: 1);
        conv2 = Conv1d(8, 12, 4, stride: 2);
        lin0 = Linear(12, 5);
        RegisterComponents();
    }

    public override Tensor forward(Tensor signal)
    {
        var x = functional.silu(conv1.forward(signal));
        x = functional.silu(conv2.forward(x));
        return lin0.forward(x.mean([2]));
    }
}
