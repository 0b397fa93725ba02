using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models.Published;

/// <summary>A U-Net over any number of levels, with GroupNorm and transposed convolutions.</summary>
[Lora(Rank = 2, Targets = ["double_conv.*", "outc"])]
internal sealed class UNet : Module<Tensor, Tensor>
{
    private readonly DoubleConv inc;
    private readonly ModuleList<Down> downs = new();
    private readonly ModuleList<Up> ups = new();
    private readonly Conv2d outc;

    public UNet(int channels, int classes, int[] features)
        : base(nameof(UNet))
    {
        inc = new DoubleConv(channels, features[0]);
        for (var i = 0; i < features.Length - 1; i++)
            downs.Add(new Down(features[i], features[i + 1]));
        for (var i = features.Length - 1; i > 0; i--)
            ups.Add(new Up(features[i], features[i - 1]));
        outc = Conv2d(features[0], classes, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var skipped = new Stack<Tensor>();
        var x = inc.forward(input);
        foreach (var down in downs)
        {
            skipped.Push(x);
            x = down.forward(x);
        }

        foreach (var up in ups)
            x = up.forward(x, skipped.Pop());
        return outc.forward(x);
    }
}

internal sealed class DoubleConv : Module<Tensor, Tensor>
{
    private readonly Sequential double_conv;

    public DoubleConv(int inputs, int outputs, int? between = null)
        : base(nameof(DoubleConv))
    {
        var mid = between ?? outputs;
        double_conv = Sequential(
            Conv2d(inputs, mid, 3, padding: 1, bias: false),
            Norm(mid),
            LeakyReLU(0.1),
            Conv2d(mid, outputs, 3, padding: 1, bias: false),
            Norm(outputs),
            LeakyReLU(0.1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => double_conv.forward(x);

    // TorchSharp leaves its weight and bias uninitialised.
    private static GroupNorm Norm(int channels)
    {
        var norm = GroupNorm(Math.Min(2, channels), channels);
        init.ones_(norm.weight!);
        init.zeros_(norm.bias!);
        return norm;
    }
}

internal sealed class Down : Module<Tensor, Tensor>
{
    private readonly Sequential maxpool_conv;

    public Down(int inputs, int outputs)
        : base(nameof(Down))
    {
        maxpool_conv = Sequential(("pool", MaxPool2d(2)), ("conv", new DoubleConv(inputs, outputs)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => maxpool_conv.forward(x);
}

internal sealed class Up : Module<Tensor, Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> up;
    private readonly DoubleConv conv;

    public Up(int inputs, int outputs)
        : base(nameof(Up))
    {
        up = ConvTranspose2d(inputs, inputs / 2, 2, stride: 2);
        conv = new DoubleConv((inputs / 2) + outputs, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor skipped)
    {
        var grown = functional.interpolate(up.forward(x), [skipped.shape[2], skipped.shape[3]]);
        return conv.forward(cat([skipped, grown], 1));
    }
}
