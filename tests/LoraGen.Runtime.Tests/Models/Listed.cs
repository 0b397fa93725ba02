// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA2006

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Lists in lists, beside lists, and what looks like one.</summary>
[Lora(Rank = 1, Layers = "1..")]
[Lora(Name = "four", Rank = 1, Layers = "0..4")]
[Lora(Name = "last", Rank = 1, Layers = "^1")]
internal sealed class Listed : Module<Tensor, Tensor>
{
    private readonly ModuleList<Expert2> encoder = new(new Expert2(), new Expert2());
    private readonly ModuleList<Linear> flat = new(Linear(4, 4), Linear(4, 4), Linear(4, 4), Linear(4, 4));
    private readonly Sequential tail = Sequential(Linear(4, 4), Linear(4, 4));

    public Listed()
        : base(nameof(Listed)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var x = input;
        foreach (var layer in encoder)
            x = layer.forward(x);
        foreach (var layer in flat)
            x = layer.forward(x);
        return tail.forward(x);
    }
}

internal sealed class Expert2 : Module<Tensor, Tensor>
{
    private readonly ModuleList<Linear> experts = new(Linear(4, 4), Linear(4, 4));

    public Expert2()
        : base(nameof(Expert2)) => RegisterComponents();

    public override Tensor forward(Tensor input) => experts[0].forward(input) + experts[1].forward(input);
}

/// <summary>No list at all.</summary>
[Lora(Rank = 1, Layers = "0")]
internal sealed class Unlisted : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(4, 4);

    public Unlisted()
        : base(nameof(Unlisted)) => RegisterComponents();

    public override Tensor forward(Tensor input) => fc.forward(input);
}
