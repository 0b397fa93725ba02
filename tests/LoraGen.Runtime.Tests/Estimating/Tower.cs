using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Estimating;

/// <summary>276 parameters: an embedding (40), three floors (62 each), a head (50).</summary>
[Lora(Rank = 2, Targets = ["up", "down"])]
[LoraFa(Rank = 2, Targets = ["up", "down"])]
[AdaLora(InitialRank = 3, TargetRank = 2, TotalSteps = 9, Targets = ["up", "down"])]
[Dora(Rank = 2, Dropout = 0.1, Targets = ["up", "down"])]
[Bottleneck(After = ["up"], ReductionFactor = 2)]
[Vera(Rank = 7, Dropout = 0.1, Targets = ["up", "down"])]
[Oft(BlockSize = 2, Targets = ["up", "down"])]
[Glora(PartAB = GloraPart.Vector, PartC = GloraPart.Vector, Targets = ["up"])]
internal sealed class Tower : Module<Tensor, Tensor>
{
    private readonly Embedding table = Embedding(10, 4);
    private readonly ModuleList<Floor> floors = new();
    private readonly Linear head = Linear(4, 10);

    public Tower(int height)
        : base(nameof(Tower))
    {
        for (var i = 0; i < height; i++)
            floors.Add(new Floor());
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids)
    {
        var x = table.call(ids);
        foreach (var floor in floors)
            x = floor.call(x);
        return head.call(x);
    }
}

/// <summary>30 + 24 + 8 parameters.</summary>
internal sealed class Floor : Module<Tensor, Tensor>
{
    private readonly Linear up = Linear(4, 6);
    private readonly Linear down = Linear(6, 4, hasBias: false);
    private readonly LayerNorm norm = LayerNorm(4);

    public Floor()
        : base(nameof(Floor)) => RegisterComponents();

    public override Tensor forward(Tensor input) => norm.call(down.call(up.call(input)));
}

/// <summary>Two layers with one weight, and no list.</summary>
[Lora(Rank = 1, Targets = ["first"])]
internal sealed class TiedPair : Module<Tensor, Tensor>
{
    private readonly Linear first = Linear(4, 4, hasBias: false);
    private readonly Linear second = Linear(4, 4, hasBias: false);
    private readonly Linear third = Linear(4, 5, hasBias: false);

    public TiedPair(bool tied)
        : base(nameof(TiedPair))
    {
        if (tied)
            second.weight = first.weight;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => third.call(second.call(first.call(input)));
}

/// <summary>A constructor whose parameter may be left out, and one whose parameter has a name of the estimate's.</summary>
[Lora(Rank = 1)]
internal sealed class ManyConstructors : Module<Tensor, Tensor>
{
    private readonly Linear layer;

    public ManyConstructors(int width, int depth = 1)
        : base(nameof(ManyConstructors))
    {
        layer = Linear(width, depth);
        RegisterComponents();
    }

    public ManyConstructors(long tokens)
        : this((int)tokens, 1)
    {
    }

    public ManyConstructors(params int[] sizes)
        : this(sizes[0], sizes[1])
    {
    }

    public ManyConstructors(bool wide)
        : this(wide ? 4 : 2, 1)
    {
    }

    public override Tensor forward(Tensor input) => layer.call(input);
}
