using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Layers of a class, of its base class and of a module between them, and one that is registered before all others.</summary>
[Lora(Rank = 1)]
internal sealed class Ordered : OrderedBase
{
    private readonly Linear third = Linear(2, 2);
    private readonly OrderedBlock second = new();
    private readonly Linear first = Linear(2, 2);

    public Ordered()
        : base(nameof(Ordered))
    {
        register_module("byHand", Linear(2, 2));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => First(second.forward(third.forward(first.forward(input))));
}

internal abstract class OrderedBase(string name) : Module<Tensor, Tensor>(name)
{
    private readonly Linear b = Linear(2, 2);
    private readonly Linear a = Linear(2, 2);

    protected Tensor First(Tensor input) => b.forward(a.forward(input));
}

internal sealed class OrderedBlock : Module<Tensor, Tensor>
{
    private readonly Linear z = Linear(2, 2);
    private readonly Linear y = Linear(2, 2);

    public OrderedBlock()
        : base(nameof(OrderedBlock)) => RegisterComponents();

    public override Tensor forward(Tensor input) => y.forward(z.forward(input));
}
