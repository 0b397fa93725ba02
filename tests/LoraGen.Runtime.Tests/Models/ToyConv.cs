// As the goldens are configured, whatever the rank of the smallest layer.
#pragma warning disable LORA2007

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>The goldens' toy image classifier: [batch, 3, height, width] → 5 classes.</summary>
[Dora(Rank = 8, Alpha = 16, Targets = ["conv1", "conv2", "conv3"])]
[Lora(Rank = 8, Alpha = 16, Targets = ["conv1", "conv2", "conv3", "lin0"])]
[Lora(Name = "groups", Rank = 8, Alpha = 16, Targets = ["conv2"])]
internal sealed class ToyConv : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Conv2d conv3;
    private readonly Linear lin0;

    public ToyConv(long groups)
        : base(nameof(ToyConv))
    {
        conv1 = Conv2d(3, 8, 3, padding: 1);
        conv2 = Conv2d(8, 16, (3, 2), stride: (2, 2), padding: (1, 0), groups: groups, bias: false);
        conv3 = Conv2d(16, 8, 1);
        lin0 = Linear(8, 5);
        RegisterComponents();
    }

    public override Tensor forward(Tensor image)
    {
        var x = functional.silu(conv1.forward(image));
        x = functional.silu(conv2.forward(x));
        x = functional.silu(conv3.forward(x));
        return lin0.forward(x.mean([2, 3]));
    }
}
