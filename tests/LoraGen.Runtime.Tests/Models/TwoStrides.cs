using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Two convolutions with one weight, which each move it their own way.</summary>
[Lora(Rank = 2, Alpha = 4, Targets = ["fine", "coarse"])]
internal sealed class TwoStrides : Module<Tensor, Tensor>
{
    private readonly Conv1d fine;
    private readonly Conv1d coarse;

    public TwoStrides()
        : base(nameof(TwoStrides))
    {
        fine = Conv1d(3, 3, 3, padding: 1, padding_mode: TorchSharp.PaddingModes.Circular);
        coarse = Conv1d(3, 3, 3, stride: 2, dilation: 2);
        coarse.weight = fine.weight;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => coarse.forward(fine.forward(input).tanh());
}
