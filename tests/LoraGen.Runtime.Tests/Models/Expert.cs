using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A class that another derives from, with a layer that only it can see.</summary>
internal class Expert : Module<Tensor, Tensor>
{
    private readonly Linear proj = Linear(4, 4);

    public Expert()
        : base(nameof(Expert)) => RegisterComponents();

    public override Tensor forward(Tensor input) => proj.forward(input);
}

/// <summary>A field of type <see cref="Expert"/> may hold this, with a layer more.</summary>
[Lora(Rank = 2)]
internal sealed class LargeExpert : Expert
{
    private readonly Linear extra;

    public LargeExpert()
    {
        extra = Linear(4, 4);
        register_module(nameof(extra), extra);
    }

    public override Tensor forward(Tensor input) => extra.forward(base.forward(input));
}

/// <summary>A generic class: its private members can't be reached by name from outside.</summary>
internal sealed class Wrapped<T> : Module<Tensor, Tensor>
    where T : Module<Tensor, Tensor>
{
    private readonly T inner;

    public Wrapped(T inner)
        : base(nameof(Wrapped<T>))
    {
        this.inner = inner;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => inner.call(input);
}
