namespace LoraGen.Memory;

/// <summary>Computes bytes from sizes, by the formula in the documentation of the public types.</summary>
internal sealed record MemoryFormula(ModelSizes Model, AdapterSizes Adapter, long Batch, long Tokens, MemoryOptions Options)
{
    private const int Moments = 2;
    private const int StepTemporaries = 2;
    private const int LossGradients = 2;
    private const int ScoreMatrices = 3;
    private const int AdapterSize = 4;

    private long Positions => Batch * Tokens;

    public MemoryEstimate Estimate() => new(Batch, Tokens, Options, [.. Enum.GetValues<TrainingMode>().Select(Row)]);

    private MemoryRow Row(TrainingMode mode)
    {
        return mode switch
        {
            TrainingMode.Full32 => Trained(mode, Adapter.Base, 4, 0),
            TrainingMode.FullMixed => Trained(mode, Adapter.Base, 4, 2),
            TrainingMode.Full16 => Trained(mode, Adapter.Base, 2, 0),
            TrainingMode.Frozen16 => Trained(mode, Model.TrainedBlocks, 2, 0),
            TrainingMode.Lora32 => Adapted(mode, 4 * Adapter.Base, 4, 0),
            TrainingMode.Lora16 => Adapted(mode, 2 * Adapter.Base, 2, 0),
            TrainingMode.Lora8 => Quantised(mode, Quantization.Int8),
            TrainingMode.Lora4 => Quantised(mode, Quantization.Nf4),
            TrainingMode.Lora2 => Quantised(mode, Quantization.Nf2),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
        };
    }

    // For the base model only; copy: the bytes of a second, narrower set of weights that the forward pass uses.
    private MemoryRow Trained(TrainingMode mode, long trained, int size, int copy)
    {
        var gradients = size * trained;
        var computed = copy > 0 ? copy : size;
        return new MemoryRow(
            mode, (size + copy) * Adapter.Base, gradients, Optimizer(gradients, size), Activations(computed, 0), Temporaries(gradients, computed));
    }

    private MemoryRow Quantised(TrainingMode mode, Quantization format)
    {
        var options = new BaseQuantization(format);
        var size = Options.QuantizedWithFloat32 ? 4 : 2;
        var rest = Adapter.Base - Model.Matrices.Sum(matrix => matrix.Outputs * matrix.Inputs);
        return Adapted(
            mode,
            Model.Matrices.Sum(matrix => QuantizedBytes.Stored(matrix.Outputs, matrix.Inputs, options)) + (size * rest),
            size,
            Model.Matrices.Select(matrix => QuantizedBytes.Restored(matrix.Outputs, matrix.Inputs, options, size)).DefaultIfEmpty().Max());
    }

    private MemoryRow Adapted(TrainingMode mode, long weights, int size, long restored)
    {
        var second = size * Adapter.TrainedBase;
        var gradients = Adapter.OwnBytes + second;
        var added = Adapter.HiddenBytes + (size < 4 ? Adapter.CastBytes : 0);
        return new MemoryRow(
            mode,
            weights + second + Adapter.OwnBytes + Adapter.FrozenBytes,
            gradients,
            Optimizer(Adapter.OwnBytes, AdapterSize) + Optimizer(second, size) + Adapter.StepBytes,
            Activations(size, Positions * added),
            Temporaries(gradients, size) + restored);
    }

    private long Optimizer(long gradients, int size)
    {
        var elements = gradients / size;
        return Options.Moments == MomentPrecision.EightBit
            ? Moments * (elements + (DynamicBlocks.Count(elements) * sizeof(float)))
            : Moments * gradients;
    }

    // Of checkpointed blocks the inputs are kept, and the results of one group; the heads and sites are as if all were in the blocks.
    private long Activations(int size, long ofSites)
    {
        var scores = ScoreMatrices * Options.AttentionHeads * Batch * Tokens * Tokens;
        if (Options.CheckpointEvery == 0 || Model.Blocks.Count == 0)
            return (size * ((Positions * Model.Results) + scores)) + ofSites;

        var groups = Model.Blocks.Chunk(Options.CheckpointEvery).ToArray();
        var outside = Model.Results - Model.Blocks.Sum(block => block.Results);
        var kept = groups.Sum(group => group[0].Input) + groups.Max(group => group.Sum(block => block.Results));
        return (size * ((Positions * (outside + kept)) + Share(scores))) + Share(ofSites);

        long Share(long all) => ((all * groups[0].Length) + Model.Blocks.Count - 1) / Model.Blocks.Count;
    }

    private long Temporaries(long trained, int size) => Math.Max(StepTemporaries * trained, LossGradients * Positions * Model.LastOutput * size);
}
