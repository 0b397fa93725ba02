using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Models that are not made by a constructor alone, and constructors that take a device.</summary>
public sealed class BuiltByFunctionTests
{
    [Fact]
    public void Required_members()
    {
        using var model = new Configured { Width = 6, Head = Linear(6, 3) };
        using var lora = model.Ready().AttachLora();
        var count = ConfiguredLora.Count(() => new Configured { Width = 6, Head = Linear(6, 3) }.Ready());

        Assert.Equal(lora.ParameterCount, count);
        Assert.Equal(lora.ParameterCount.Sites, count.Sites);
        Assert.Equal(2 * (6 + 6) + 2 * (6 + 3), count.Trainable);
    }

    [Fact]
    public void A_device_is_replaced_by_META()
    {
        // On the requested device, the two tensors could not be added.
        Assert.Equal(2 * (4 + 4), PlacedLora.Count(CPU).Trainable);
        Assert.Equal(2 * (4 + 4), PlacedLora.Count().Trainable);
    }
}

[Lora(Rank = 2)]
internal sealed class Configured() : Module<Tensor, Tensor>(nameof(Configured))
{
    private Linear body = null!;

    public required int Width { get; init; }

    public required Linear Head { get; init; }

    public Configured Ready()
    {
        body = Linear(Width, Width);
        RegisterComponents();
        return this;
    }

    public override Tensor forward(Tensor input) => Head.call(body.call(input));
}

[Lora(Rank = 2)]
internal sealed class Placed : Module<Tensor, Tensor>
{
    private readonly Linear layer;
    private readonly Tensor scale;

    public Placed(Device? device = null)
        : base(nameof(Placed))
    {
        layer = Linear(4, 4, device: device);
        scale = ones(4, device: device) + ones(4, device: layer.weight.device);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => layer.call(input) * scale;
}
