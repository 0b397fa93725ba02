// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA3002, LORA3005, LORA2005

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Blocks whose members have attributes, held in every way that hides their class.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class Held<TBlock> : Module<Tensor, Tensor>
    where TBlock : Module<Tensor, Tensor>
{
    private readonly ModuleList<Module<Tensor, Tensor>> list;
    private readonly Sequential sequence;
    private readonly Module<Tensor, Tensor> field;
    private readonly TBlock generic;

    public Held(Func<Module<Tensor, Tensor>> block, TBlock generic)
        : base("Held")
    {
        list = new(block(), block());
        sequence = Sequential(("a", block()), ("b", block()));
        field = block();
        this.generic = generic;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        foreach (var block in list)
            input = block.forward(input);
        return generic.forward(field.forward(sequence.forward(input)));
    }
}

/// <summary>A block with each attribute on a member.</summary>
internal class Attributed : Module<Tensor, Tensor>
{
    [Lora(Rank = 1, Alpha = 3)]
    private readonly Linear small = Linear(4, 4);

    [LoraIgnore]
    private readonly Linear ignored = Linear(4, 4);

    [Trainable]
    private readonly Linear trained = Linear(4, 4);

    private readonly Linear plain = Linear(4, 4);

    public Attributed()
        : base("Attributed") => RegisterComponents();

    public override Tensor forward(Tensor input) => plain.forward(trained.forward(ignored.forward(small.forward(input))));
}

/// <summary>The same by inheritance.</summary>
internal sealed class DerivedAttributed : Attributed;

/// <summary>The same in a generic class, and in one that no other class can name.</summary>
internal sealed class AttributedPairs<T>
{
    public static Module<Tensor, Tensor> Make() => new Hidden();

    private sealed class Hidden : Module<Tensor, Tensor>
    {
        [Lora(Rank = 1, Alpha = 3)]
        private readonly Linear small = Linear(4, 4);

        [LoraIgnore]
        private readonly Linear ignored = Linear(4, 4);

        [Trainable]
        private readonly Linear trained = Linear(4, 4);

        private readonly Linear plain = Linear(4, 4);

        public Hidden()
            : base("Hidden") => RegisterComponents();

        public override Tensor forward(Tensor input) => plain.forward(trained.forward(ignored.forward(small.forward(input))));
    }
}

/// <summary>A parent whose child knows it.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class Parent : Module<Tensor, Tensor>
{
    private readonly Child child = new();
    private readonly Linear last = Linear(4, 4);

    public Parent()
        : base(nameof(Parent))
    {
        RegisterComponents();
        child.Parent = this;
    }

    public override Tensor forward(Tensor input) => last.forward(child.forward(input));
}

internal sealed class Child : Module<Tensor, Tensor>
{
    private readonly Linear proj = Linear(4, 4);

    public Child()
        : base(nameof(Child)) => RegisterComponents();

    public Parent? Parent { get; set; }

    public override Tensor forward(Tensor input) => proj.forward(input);
}

/// <summary>A layer of its own kind that keeps its weights in children.</summary>
internal sealed class Gated : Module<Tensor, Tensor>, ILinearLayer
{
    private readonly Linear inner = Linear(4, 4);
    private readonly Linear gate = Linear(4, 4);

    public Gated()
        : base(nameof(Gated)) => RegisterComponents();

    public long InFeatures => 4;

    public long OutFeatures => 4;

    public Tensor? Weight => null;

    public override Tensor forward(Tensor input) => inner.forward(input) * gate.forward(input);
}

/// <summary>A model with such a layer.</summary>
[Lora(Rank = 2, Alpha = 4)]
[Lora(Name = "within", Rank = 2, Alpha = 4, Targets = ["gate"])]
[Lora(Name = "beside", Rank = 2, Alpha = 4, Exclude = ["up"])]
internal sealed class WithGated : Module<Tensor, Tensor>
{
    private readonly Gated up = new();
    private readonly Linear down = Linear(4, 2);

    public WithGated()
        : base(nameof(WithGated)) => RegisterComponents();

    public override Tensor forward(Tensor input) => down.forward(up.forward(input));
}

/// <summary>A member that is set when the model is registered already: where there was none, or where another one is registered.</summary>
[Lora(Rank = 1)]
[Lora(Name = "first", Rank = 1, Targets = ["first"])]
internal sealed class SetLate : Module<Tensor, Tensor>
{
    private readonly Linear first = Linear(4, 4);
    private Linear? late;

    public SetLate(bool replaces)
        : base(nameof(SetLate))
    {
        late = replaces ? Linear(4, 4) : null;
        RegisterComponents();
        late = Linear(4, 4);
    }

    public override Tensor forward(Tensor input) => late!.forward(first.forward(input));
}
