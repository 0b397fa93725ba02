using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models.Published;

/// <summary>ResNet as torchvision writes it: <c>_make_layer</c>, which moves <c>inplanes</c> on, norms without adapters, weights set in a loop.</summary>
[Lora(Rank = 4, Targets = ["layer*.conv*", "fc"])]
internal sealed class ResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly MaxPool2d maxpool;
    private readonly Sequential layer1, layer2, layer3, layer4;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear fc;
    private readonly bool bottleneck;
    private int inplanes;

    public ResNet(bool bottleneck, int[] layers, int width = 64, int num_classes = 1000, Device? device = null)
        : base(nameof(ResNet))
    {
        this.bottleneck = bottleneck;
        inplanes = width;
        conv1 = Conv2d(3, inplanes, 7, stride: 2, padding: 3, bias: false);
        bn1 = BatchNorm2d(inplanes);
        relu = ReLU(inplace: true);
        maxpool = MaxPool2d(3, stride: 2, padding: 1);
        layer1 = _make_layer(width, layers[0]);
        layer2 = _make_layer(width * 2, layers[1], stride: 2);
        layer3 = _make_layer(width * 4, layers[2], stride: 2);
        layer4 = _make_layer(width * 8, layers[3], stride: 2);
        avgpool = AdaptiveAvgPool2d(1);
        fc = Linear(width * 8 * (bottleneck ? Bottleneck.expansion : BasicBlock.expansion), num_classes);
        RegisterComponents();

        foreach (var m in modules())
        {
            if (m is Conv2d conv)
            {
                init.kaiming_normal_(conv.weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
            }
            else if (m is BatchNorm2d norm)
            {
                init.ones_(norm.weight);
                init.zeros_(norm.bias);
            }
        }

        if (device is not null)
            this.to(device);
    }

    public override Tensor forward(Tensor input)
    {
        var x = maxpool.forward(relu.forward(bn1.forward(conv1.forward(input))));
        x = layer4.forward(layer3.forward(layer2.forward(layer1.forward(x))));
        return fc.forward(avgpool.forward(x).flatten(1));
    }

    private Sequential _make_layer(int planes, int blocks, int stride = 1)
    {
        var outplanes = planes * (bottleneck ? Bottleneck.expansion : BasicBlock.expansion);
        Sequential? downsample = null;
        if (stride != 1 || inplanes != outplanes)
        {
            downsample = Sequential(
                Conv2d(inplanes, outplanes, 1, stride: stride, bias: false),
                BatchNorm2d(outplanes));
        }

        var modules = new List<Module<Tensor, Tensor>> { Block(planes, stride, downsample) };
        inplanes = outplanes;
        for (var i = 1; i < blocks; i++)
            modules.Add(Block(planes));
        return Sequential(modules);
    }

    private Module<Tensor, Tensor> Block(int planes, int stride = 1, Sequential? downsample = null)
        => bottleneck ? new Bottleneck(inplanes, planes, stride, downsample) : new BasicBlock(inplanes, planes, stride, downsample);
}

internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    public const int expansion = 1;

    private readonly Conv2d conv1, conv2;
    private readonly BatchNorm2d bn1, bn2;
    private readonly Sequential? downsample;

    public BasicBlock(int inplanes, int planes, int stride = 1, Sequential? downsample = null)
        : base(nameof(BasicBlock))
    {
        conv1 = Conv2d(inplanes, planes, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(planes);
        conv2 = Conv2d(planes, planes, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(planes);
        this.downsample = downsample;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var y = functional.relu(bn1.forward(conv1.forward(x)));
        y = bn2.forward(conv2.forward(y));
        return functional.relu(y + (downsample is null ? x : downsample.forward(x)));
    }
}

internal sealed class Bottleneck : Module<Tensor, Tensor>
{
    public const int expansion = 4;

    private readonly Conv2d conv1, conv2, conv3;
    private readonly BatchNorm2d bn1, bn2, bn3;
    private readonly Sequential? downsample;

    public Bottleneck(int inplanes, int planes, int stride = 1, Sequential? downsample = null)
        : base(nameof(Bottleneck))
    {
        conv1 = Conv2d(inplanes, planes, 1, bias: false);
        bn1 = BatchNorm2d(planes);
        conv2 = Conv2d(planes, planes, 3, stride: stride, padding: 1, bias: false);
        bn2 = BatchNorm2d(planes);
        conv3 = Conv2d(planes, planes * expansion, 1, bias: false);
        bn3 = BatchNorm2d(planes * expansion);
        this.downsample = downsample;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var y = functional.relu(bn1.forward(conv1.forward(x)));
        y = functional.relu(bn2.forward(conv2.forward(y)));
        y = bn3.forward(conv3.forward(y));
        return functional.relu(y + (downsample is null ? x : downsample.forward(x)));
    }
}
