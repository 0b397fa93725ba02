using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A linear layer that stores its weight by input, and shows a view of it.</summary>
internal class ByInput : Module<Tensor, Tensor>, ILinearLayer
{
    protected Parameter Stored { get; } = new(randn(3, 5));

    public ByInput()
        : base("ByInput") => RegisterComponents();

    public long InFeatures => 3;

    public long OutFeatures => 5;

    public virtual Tensor? Weight => Stored.t();

    public override Tensor forward(Tensor input) => input.matmul(Stored);
}

/// <summary>The same with the mistake of showing the weight as it is stored.</summary>
internal sealed class Sideways : ByInput
{
    public override Tensor? Weight => Stored;
}

/// <summary>The same with a weight that is computed each time that it is read.</summary>
internal sealed class Computed : ByInput
{
    private readonly Parameter scale = new(randn(5, 1));

    public Computed() => RegisterComponents();

    public override Tensor? Weight => Stored.t() * scale;

    public override Tensor forward(Tensor input) => functional.linear(input, Weight!);
}

/// <summary>A linear layer whose call takes a mask.</summary>
internal sealed class Masked : Module<Tensor, Tensor?, Tensor>, ILinearLayer
{
    private readonly Parameter w = new(randn(4, 4));

    public Masked()
        : base(nameof(Masked)) => RegisterComponents();

    public long InFeatures => 4;

    public long OutFeatures => 4;

    public Tensor? Weight => w;

    public override Tensor forward(Tensor input, Tensor? mask) => functional.linear(mask is null ? input : input * mask, w);
}

[Lora(Rank = 1)]
[Dora(Rank = 1)]
[Ia3]
internal sealed class WithByInput : Module<Tensor, Tensor>
{
    private readonly ByInput up;
    private readonly Linear down = Linear(5, 2);

    public WithByInput()
        : this(new ByInput())
    {
    }

    public WithByInput(ByInput up)
        : base(nameof(WithByInput))
    {
        this.up = up;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => down.forward(up.forward(input));
}

#pragma warning disable LORA2021 // Attaching throws.
[Lora(Rank = 1)]
[Lora(Name = "out", Rank = 1, Targets = ["out"])]
internal sealed class WithMasked : Module<Tensor, Tensor>
{
    private readonly Masked query = new();
    private readonly Linear @out = Linear(4, 4);

    public WithMasked()
        : base(nameof(WithMasked)) => RegisterComponents();

    public override Tensor forward(Tensor input) => @out.forward(query.call(input, null));
}
#pragma warning restore LORA2021

[Lora(Rank = 1, Targets = ["table"])]
[Dora(Rank = 1, Targets = ["table"])]
internal sealed class Table : Module<Tensor, Tensor>
{
    private readonly Embedding table = Embedding(4, 3);

    public Table()
        : base(nameof(Table)) => RegisterComponents();

    public override Tensor forward(Tensor ids) => table.forward(ids);
}
