using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A depthwise and a pointwise convolution.</summary>
internal sealed class SeparableBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d depthwise;
    private readonly Conv2d pointwise;

    public SeparableBlock()
        : base(nameof(SeparableBlock))
    {
        depthwise = Conv2d(6, 6, 3, padding: 1, groups: 2 * Half(6));
        pointwise = Conv2d(6, 6, 1, groups: 2);
        RegisterComponents();
    }

    // The compiler does not know the groups.
    public static long Half(long width) => width / 2;

    public override Tensor forward(Tensor input) => pointwise.call(depthwise.call(input));
}
