using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vision.ResNet;

/// <summary>The ResNet-18 of the package, without a head: 15.9 million parameters. Unlike the paper's it has three blocks in the last stage.</summary>
internal sealed class ResNet18 : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;

    public ResNet18()
        : base(nameof(ResNet18))
    {
        conv1 = Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
        bn1 = BatchNorm2d(64);
        layer1 = Sequential(new BasicBlock(64, 64, 1), new BasicBlock(64, 64, 1));
        layer2 = Sequential(new BasicBlock(64, 128, 2), new BasicBlock(128, 128, 1));
        layer3 = Sequential(new BasicBlock(128, 256, 2), new BasicBlock(256, 256, 1));
        layer4 = Sequential(new BasicBlock(256, Features, 2), new BasicBlock(Features, Features, 1), new BasicBlock(Features, Features, 1));
        RegisterComponents();
    }

    /// <summary>The width of the result.</summary>
    public static long Features => 512;

    /// <param name="images">Images as <see cref="Preprocessing"/> returns them, [batch, 3, height, width]; the sizes are multiples of 32.</param>
    /// <returns>Their features, [batch, <see cref="Features"/>].</returns>
    public override Tensor forward(Tensor images)
    {
        var x = functional.max_pool2d(bn1.forward(conv1.forward(images)).relu(), 3, stride: 2, padding: 1);
        x = layer4.forward(layer3.forward(layer2.forward(layer1.forward(x))));
        return x.mean([2, 3]);
    }

    /// <summary>Sets the mode of the model, but the norms stay in evaluation mode: their running statistics are in no adapter's files.</summary>
    public override void train(bool train = true)
    {
        base.train(train);
        foreach (var norm in modules().OfType<BatchNorm2d>())
            norm.eval();
    }
}
