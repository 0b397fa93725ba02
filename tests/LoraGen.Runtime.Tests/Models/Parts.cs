using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A part that is also a model.</summary>
[Lora(Name = "part", Rank = 2)]
[Lora(Name = "partWeights", Rank = 2, Reparametrize = true)]
internal sealed class Part : Module<Tensor, Tensor>
{
    private readonly Linear proj = Linear(4, 4);

    public Part()
        : base(nameof(Part)) => RegisterComponents();

    /// <summary>On this thread's call.</summary>
    public ThreadLocal<Action?> Before { get; } = new();

    public override Tensor forward(Tensor input)
    {
        Before.Value?.Invoke();
        return proj.forward(input);
    }
}

/// <summary>Calls its part twice.</summary>
[Lora(Rank = 2)]
[Lora(Name = "weights", Rank = 2, Reparametrize = true)]
internal sealed class Whole : Module<Tensor, Tensor>
{
    private readonly Part part;
    private readonly Linear last = Linear(4, 4);

    public Whole(Part part)
        : base(nameof(Whole))
    {
        this.part = part;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => last.forward(part.forward(part.forward(input)));
}

/// <summary>Attributes that are on the fields of properties.</summary>
[Lora(Rank = 2, Targets = ["Plain", "Out"])]
internal sealed class FieldAttributes : Module<Tensor, Tensor>
{
    public FieldAttributes()
        : base(nameof(FieldAttributes)) => RegisterComponents();

    public Linear Plain { get; } = Linear(4, 4);

    [field: Lora(Rank = 1)]
    public Linear Small { get; } = Linear(4, 4);

    [field: Trainable]
    public LayerNorm Norm { get; } = LayerNorm(4);

    [field: LoraIgnore]
    public Sequential Ignored { get; } = Sequential(("Out", Linear(4, 4)));

    public Linear Out { get; } = Linear(4, 4);

    public override Tensor forward(Tensor input) => Out.forward(Ignored.forward(Norm.forward(Small.forward(Plain.forward(input)))));
}

/// <summary>Holds it as a module of no known class.</summary>
[Lora(Rank = 2, Targets = ["Plain", "Out"])]
internal sealed class FieldAttributesInList : Module<Tensor, Tensor>
{
    private readonly ModuleList<Module<Tensor, Tensor>> list = ModuleList<Module<Tensor, Tensor>>(new FieldAttributes());

    public FieldAttributesInList()
        : base(nameof(FieldAttributesInList)) => RegisterComponents();

    public override Tensor forward(Tensor input) => list[0].call(input);
}
