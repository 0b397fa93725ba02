// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA3003

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A stack of blocks with a new head, which is trained as a whole beside the adapters.</summary>
[Lora(Rank = 2, Alpha = 4)]
[Lora(Name = "second", Rank = 2, Alpha = 4)]
[Lora(Name = "lone", Rank = 2, Alpha = 4, Targets = ["fc"])]
internal sealed class NewHead : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(6, 6);
    private readonly ModuleList<Normed> blocks = new(new Normed(), new Normed());

    [Trainable(Name = "default")]
    [Trainable(Name = "second")]
    private readonly Linear head = Linear(6, 3);

    public NewHead()
        : base(nameof(NewHead)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var x = fc.forward(input);
        foreach (var block in blocks)
            x = block.forward(x);
        return head.forward(x);
    }
}

internal sealed class Normed : Module<Tensor, Tensor>
{
    [Trainable(Name = "default")]
    private readonly LayerNorm norm = LayerNorm(6);

    private readonly Linear inner = Linear(6, 6);

    public Normed()
        : base(nameof(Normed)) => RegisterComponents();

    public override Tensor forward(Tensor input) => inner.forward(norm.forward(input)).tanh();
}

/// <summary>Members that are trained as a whole, in every kind of member.</summary>
[Lora(Rank = 2)]
internal sealed class TrainedPlaces : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(4, 4);

    [Trainable]
    private readonly Mlp nested = new(4, 6);

    [Trainable]
    private readonly ModuleList<Linear> list = new(Linear(4, 4), Linear(4, 4));

    [Trainable]
    private readonly Sequential sequential = Sequential(Linear(4, 4), ReLU());

    [Trainable]
    private readonly Linear[] loose = [Linear(4, 4)];

    [Trainable]
    private readonly Linear? missing;

    [Trainable]
    private readonly Counting counting = new();

    [Trainable]
    public Linear Head { get; } = Linear(4, 4);

    public TrainedPlaces()
        : base(nameof(TrainedPlaces))
    {
        missing = null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = nested.forward(fc.forward(input));
        x = loose[0].forward(sequential.forward(list[1].forward(list[0].forward(x))));
        return (missing ?? Head).forward(counting.forward(x));
    }
}

/// <summary>A scale that trains, and a running sum that every call changes.</summary>
internal sealed class Counting : Module<Tensor, Tensor>
{
    private readonly Parameter scale = new(ones(1));
    private readonly Tensor calls = zeros(1);

    public Counting()
        : base(nameof(Counting)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var noGrad = no_grad();
        calls.add_(1);
        using var grad = enable_grad();
        return input * scale;
    }
}

/// <summary>An embedding and a head with one weight, both trained.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class TrainedTied : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(6, 6);

    [Trainable]
    private readonly Embedding embed = Embedding(10, 6);

    [Trainable]
    private readonly Linear head = Linear(6, 10, hasBias: false);

    public TrainedTied()
        : base(nameof(TrainedTied))
    {
        head.weight = embed.weight!;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.forward(fc.forward(embed.forward(input)));
}

/// <summary>What can't train: there is no module.</summary>
[Lora(Rank = 2)]
internal sealed class TrainedNothing : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(4, 4);

    [Trainable]
    private readonly Parameter scale = new(ones(1));

    public TrainedNothing()
        : base(nameof(TrainedNothing)) => RegisterComponents();

    public override Tensor forward(Tensor input) => fc.forward(input) * scale;
}

/// <summary>A module without parameters.</summary>
[Lora(Rank = 2)]
internal sealed class TrainedDropout : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(4, 4);

    [Trainable]
    private readonly Dropout drop = Dropout(0.1);

    public TrainedDropout()
        : base(nameof(TrainedDropout)) => RegisterComponents();

    public override Tensor forward(Tensor input) => drop.forward(fc.forward(input));
}

/// <summary>One layer in two fields, one of which has [Trainable].</summary>
[Lora(Rank = 2)]
internal sealed class TrainedAndAdapted : Module<Tensor, Tensor>
{
    private readonly Linear first = Linear(4, 4);

    [Trainable]
    private readonly Linear second;

    public TrainedAndAdapted()
        : base(nameof(TrainedAndAdapted))
    {
        second = first;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => second.forward(first.forward(input));
}
