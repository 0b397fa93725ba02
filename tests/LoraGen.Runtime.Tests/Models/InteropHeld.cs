// Names that are the end of other names, on purpose.
#pragma warning disable LORA2007, LORA2016

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A trained norm at the root, beside others that are not trained. Not meant to be run, like all models here.</summary>
[Lora(Rank = 2)]
[Lora(Name = "biased", Rank = 2, Bias = LoraBias.All)]
[Dora(Name = "dora", Rank = 2)]
[Ia3(Name = "scaled")]
internal sealed class HeldRoot : NotRun
{
    private readonly ModuleList<InteropBlock> blocks = new(new InteropBlock(), new InteropBlock());

    [Trainable]
    private readonly LayerNorm norm = LayerNorm(6);

    public HeldRoot() => RegisterComponents();
}

/// <summary>A trained head beside another head, which is neither adapted nor trained.</summary>
[Lora(Rank = 2, Targets = ["fc"])]
[Lora(Name = "biased", Rank = 2, Targets = ["fc"], Bias = LoraBias.LoraOnly)]
[Ia3(Name = "scaled", Targets = ["fc"], FeedForward = ["fc"])]
internal sealed class HeldHead : NotRun
{
    private readonly Linear fc = Linear(6, 6);
    private readonly Linear lm_head = Linear(6, 4);
    private readonly BatchNorm1d batch_head = BatchNorm1d(4);

    [Trainable]
    private readonly Linear head = Linear(6, 3);

    public HeldHead() => RegisterComponents();
}

/// <summary>A trained gate in a block, and an adapted layer whose name differs from its path by one character.</summary>
[Lora(Rank = 2)]
[Lora(Name = "biased", Rank = 2, Bias = LoraBias.All)]
[Dora(Name = "dora", Rank = 2)]
internal sealed class HeldGate : NotRun
{
    private readonly GateBlock mlp = new();
    private readonly Linear mlp_gate = Linear(6, 6);

    public HeldGate() => RegisterComponents();

    internal sealed class GateBlock : NotRun
    {
        [Trainable]
        private readonly Linear gate = Linear(6, 6);

        private readonly Linear up = Linear(6, 6);

        public GateBlock() => RegisterComponents();
    }
}

/// <summary>Trained lists and dictionaries, also nested, and one beside a list whose name ends like theirs.</summary>
[Lora(Rank = 2, Targets = ["fc"])]
[Lora(Name = "biased", Rank = 2, Targets = ["fc"], Bias = LoraBias.All)]
[Ia3(Name = "scaled", Targets = ["fc"])]
internal sealed class HeldLists : NotRun
{
    private readonly Linear fc;

    [Trainable]
    private readonly ModuleList<Module<Tensor, Tensor>> list;

    [Trainable]
    private readonly ModuleDict<Linear> heads;

    [Trainable]
    private readonly ModuleList<ModuleList<Linear>> nested;

    private readonly ModuleList<Linear> other_list;

    // TorchSharp can't move a ModuleDict.
    public HeldLists(Device device)
    {
        fc = Make(6, 6);
        list = new(Make(6, 4), ReLU(), Make(4, 6));
        heads = new() { ("a", Make(6, 2)), ("b", Make(6, 3)) };
        nested = new(new ModuleList<Linear>(Make(6, 2)), new ModuleList<Linear>(Make(2, 6), Make(6, 2)));
        other_list = new(Make(3, 3));
        RegisterComponents();

        Linear Make(long inputs, long outputs) => Linear(inputs, outputs, device: device);
    }
}

/// <summary>Trained blocks: one with layers in it, one whose layer has a name that ends like the block's, and a Sequential.</summary>
[Lora(Rank = 2, Targets = ["fc"])]
[Lora(Name = "biased", Rank = 2, Targets = ["fc"], Bias = LoraBias.All)]
[Dora(Name = "dora", Rank = 2, Targets = ["fc"])]
internal sealed class HeldBlocks : NotRun
{
    private readonly Linear fc = Linear(6, 6);

    [Trainable]
    private readonly InteropBlock block = new();

    [Trainable]
    private readonly Headed head = new();

    [Trainable]
    private readonly Sequential stack = Sequential(("first", Linear(6, 6)), ("norm", BatchNorm1d(6)));

    public HeldBlocks() => RegisterComponents();

    internal sealed class Headed : NotRun
    {
        private readonly Linear lm_head = Linear(6, 6);
        private readonly LayerNorm norm = LayerNorm(6);

        public Headed() => RegisterComponents();
    }
}

/// <summary>Trained members whose names are the ends of names of PEFT's own modules.</summary>
[Lora(Rank = 2, Targets = ["fc"])]
[Ia3(Name = "scaled", Targets = ["fc"])]
internal sealed class HeldInternals : NotRun
{
    private readonly Linear fc = Linear(6, 6);
    private readonly Layered encoder = new();

    public HeldInternals() => RegisterComponents();

    internal sealed class Layered : NotRun
    {
        [Trainable]
        private readonly Linear layer = Linear(6, 6);

        [Trainable]
        private readonly Linear B = Linear(6, 6);

        [Trainable]
        public Linear Default { get; } = Linear(6, 2);

        public Layered() => RegisterComponents();
    }
}

/// <summary>One trained layer under two names.</summary>
[Lora(Rank = 2, Targets = ["fc"])]
internal sealed class HeldTwice : NotRun
{
    private readonly Linear fc = Linear(6, 6);

    [Trainable]
    private readonly Linear head = Linear(6, 6);

    [Trainable]
    private readonly Linear other_head;

    public HeldTwice()
    {
        other_head = head;
        RegisterComponents();
    }
}

/// <summary>Targets at the root whose names are the ends of other layers' paths, and patterns of ranks that match other layers.</summary>
[Lora(Rank = 2, Targets = ["proj"], Exclude = ["inner.*"])]
[Lora(Name = "both", Rank = 2, Targets = ["proj", "inner.up"], Exclude = ["inner.proj"])]
[Lora(Name = "ranks", Rank = 2)]
[Dora(Name = "dora", Rank = 2, Targets = ["proj"], Exclude = ["inner.*"])]
[Ia3(Name = "scaled", Targets = ["proj"], Exclude = ["inner.*"])]
[Ia3(Name = "fed", Targets = ["proj", "inner.up"], FeedForward = ["proj"], Exclude = ["inner.proj"])]
[Ia3(Name = "fed by one", Targets = ["*"], FeedForward = ["proj"])]
internal sealed class TargetedRoot : NotRun
{
    [Lora(Name = "ranks", Rank = 3, Alpha = 9)]
    private readonly Linear proj = Linear(6, 6);

    private readonly Inner inner = new();

    [Lora(Name = "ranks", Rank = 5)]
    private readonly Linear inner_up = Linear(6, 6);

    public TargetedRoot() => RegisterComponents();

    internal sealed class Inner : NotRun
    {
        private readonly Linear proj = Linear(6, 6);

        [Lora(Name = "ranks", Rank = 4)]
        private readonly Linear up = Linear(6, 6);

        public Inner() => RegisterComponents();
    }
}

/// <summary>A module that only has members.</summary>
internal abstract class NotRun() : Module<Tensor, Tensor>("NotRun")
{
    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}

/// <summary>Two norms that two adapters train, of which the name of one is the end of the other's.</summary>
[Lora(Rank = 2)]
[Lora(Name = "second", Rank = 2)]
internal sealed class HeldApart : NotRun
{
    private readonly Linear fc = Linear(6, 6);

    [Trainable(Name = "default")]
    private readonly LayerNorm norm = LayerNorm(6);

    [Trainable(Name = "second")]
    private readonly LayerNorm other_norm = LayerNorm(6);

    public HeldApart() => RegisterComponents();
}
