// What PEFT can't represent, on purpose.
#pragma warning disable LORA2007, LORA2016

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A trained head, and an adapted layer whose name ends like it.</summary>
[Lora(Rank = 2)]
[Ia3(Name = "scaled", Targets = ["lm_head"])]
[Adapter<Methods.ScaledRows>]
internal sealed class HeldBesideAdapted : NotRun
{
    private readonly Linear lm_head = Linear(6, 6);

    [Trainable]
    private readonly Linear head = Linear(6, 6);

    public HeldBesideAdapted() => RegisterComponents();
}

/// <summary>A trained block, and another block whose name ends like it and whose layers are adapted.</summary>
[Lora(Rank = 2, Targets = ["fc1"])]
internal sealed class HeldBesideBlock : NotRun
{
    private readonly InteropBlock self_attn = new();

    [Trainable]
    private readonly LayerNorm attn = LayerNorm(6);

    public HeldBesideBlock() => RegisterComponents();
}

/// <summary>A trained layer, and a list whose name ends like it.</summary>
[Lora(Rank = 2, Targets = ["fc1"])]
internal sealed class HeldBesideList : NotRun
{
    private readonly ModuleList<InteropBlock> decoder_blocks = new(new InteropBlock());

    [Trainable]
    private readonly Linear blocks = Linear(6, 6);

    public HeldBesideList() => RegisterComponents();
}

/// <summary>A trained layer at the root with a name that ends the names of PEFT's own modules.</summary>
[Lora(Rank = 2, Targets = ["fc"])]
internal sealed class HeldLayer : NotRun
{
    private readonly Linear fc = Linear(6, 6);

    [Trainable]
    private readonly Linear layer = Linear(6, 6);

    public HeldLayer() => RegisterComponents();
}

/// <summary>A trained list of parameters, which PEFT can't wrap.</summary>
[Lora(Rank = 2, Targets = ["fc"])]
internal sealed class HeldParameters : NotRun
{
    private readonly Linear fc = Linear(6, 6);

    [Trainable]
    private readonly ParameterList scales = new(new Parameter(ones(3)));

    public HeldParameters() => RegisterComponents();
}
