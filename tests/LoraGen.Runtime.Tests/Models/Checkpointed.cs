using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Blocks with dropout, called in a loop.</summary>
[Lora(Name = "unchecked", Rank = 2, Dropout = 0.25, Targets = ["up", "down"])]
[Lora(Name = "checked", Rank = 2, Dropout = 0.25, Targets = ["up", "down"], Checkpoint = ["blocks.*"])]
[Lora(Name = "missing", Rank = 2, Checkpoint = ["block.*"])]
[AdaLora(InitialRank = 4, TargetRank = 2, TotalSteps = 8, InitialSteps = 1, FinalSteps = 2, Targets = ["up", "down"])]
[Velora(Rank = 2, Groups = 3, Targets = ["up", "down"])]
[Velora(Name = "each", Rank = 2, Groups = 3, Projection = VeloraProjection.EachBatch, Targets = ["up", "down"])]
internal sealed class Checkpointed : Module<Tensor, Tensor>
{
    public readonly ModuleList<CheckpointedBlock> blocks = [];
    private readonly Linear head = Linear(6, 3);

    public Checkpointed(int count = 4, double dropout = 0.25)
        : base(nameof(Checkpointed))
    {
        for (var i = 0; i < count; i++)
            blocks.Add(new CheckpointedBlock(dropout));
        RegisterComponents();
    }

    /// <summary>Called with the output of each block.</summary>
    public Func<Tensor, Tensor> Between { get; set; } = static output => output;

    public override Tensor forward(Tensor input)
    {
        var hidden = input;
        foreach (var block in blocks)
            hidden = Between(block.forward(hidden));
        return head.forward(hidden);
    }
}

/// <summary>A block with a residual sum and dropout.</summary>
internal sealed class CheckpointedBlock : Module<Tensor, Tensor>
{
    private readonly Linear up = Linear(6, 12);
    private readonly Linear down = Linear(12, 6);
    private readonly Dropout dropout;

    public CheckpointedBlock(double rate)
        : base(nameof(CheckpointedBlock))
    {
        dropout = Dropout(rate);
        RegisterComponents();
    }

    /// <summary>Called in each run.</summary>
    public Action Runs { get; set; } = static () => { };

    public int Count { get; private set; }

    public override Tensor forward(Tensor input)
    {
        Count++;
        Runs();
        return input + down.forward(dropout.forward(functional.gelu(up.forward(input))));
    }
}

/// <summary>Groups of two blocks keep one input.</summary>
internal sealed class CheckpointedPairs : Module<Tensor, Tensor>
{
    [Checkpoint(Every = 2)]
    public readonly ModuleList<CheckpointedBlock> blocks = [];

    public CheckpointedPairs(int count)
        : base(nameof(CheckpointedPairs))
    {
        for (var i = 0; i < count; i++)
            blocks.Add(new CheckpointedBlock(0.25));
        RegisterComponents();
    }

    /// <summary>The input of the block at this index isn't the output of the block before.</summary>
    public int Broken { get; set; } = -1;

    public override Tensor forward(Tensor input)
    {
        var hidden = input;
        for (var i = 0; i < blocks.Count; i++)
        {
            if (i == Broken)
                hidden = hidden * 1.5;
            hidden = blocks[i].call(hidden);
        }

        return hidden;
    }
}

/// <summary>Six inputs, of which one is a tuple, one may be null and one is no tensor; three results.</summary>
[Checkpoint]
internal sealed class ManyInputs : Module<Tensor, (Tensor Cosine, Tensor Sine), Tensor, Tensor?, int, (Tensor, Tensor, Tensor)>
{
    private readonly Linear fc = Linear(6, 6);

    public ManyInputs()
        : base(nameof(ManyInputs)) => RegisterComponents();

    public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor Cosine, Tensor Sine) rotation, Tensor mask, Tensor? bias, int power)
    {
        var hidden = fc.forward(input) * rotation.Cosine + input * rotation.Sine;
        hidden = hidden.masked_fill(mask, 0.5);
        var shifted = bias is null ? hidden : hidden + bias;
        return (shifted.pow(power), hidden.sum(-1), mask);
    }
}

/// <summary>A checkpointed module with checkpointed blocks in it.</summary>
[Checkpoint]
internal sealed class CheckpointedStage : Module<Tensor, Tensor>
{
    public readonly CheckpointedBlock first = new(0.25);

    [Checkpoint]
    public readonly CheckpointedBlock second = new(0.25);

    public CheckpointedStage()
        : base(nameof(CheckpointedStage)) => RegisterComponents();

    public override Tensor forward(Tensor input) => second.forward(first.forward(input).tanh());
}

/// <summary>Holds stages, called by <c>call</c>.</summary>
internal sealed class CheckpointedStages : Module<Tensor, Tensor>
{
    public readonly ModuleList<CheckpointedStage> stages = [new(), new()];

    public CheckpointedStages()
        : base(nameof(CheckpointedStages)) => RegisterComponents();

    public override Tensor forward(Tensor input) => stages[1].call(stages[0].call(input));
}

/// <summary>Calls its block by a method group.</summary>
[Lora(Rank = 2)]
internal sealed class CalledElsewhere : Module<Tensor, Tensor>
{
    [Checkpoint]
    private readonly CheckpointedBlock block = new(0);

    public CalledElsewhere()
        : base(nameof(CalledElsewhere)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        Func<Tensor, Tensor> run = block.forward;
        return run(input);
    }
}

/// <summary>Takes tensors in a list, which no checkpoint can follow.</summary>
[Checkpoint]
internal sealed class ListInput : Module<Tensor, List<Tensor>, Tensor>
{
    private readonly Linear fc = Linear(6, 6);

    public ListInput()
        : base(nameof(ListInput)) => RegisterComponents();

    public override Tensor forward(Tensor input, List<Tensor> others) => fc.forward(input) + others[0];
}
