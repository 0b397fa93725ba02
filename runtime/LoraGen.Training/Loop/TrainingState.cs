namespace LoraGen.Training;

/// <summary>What a training reports after each step.</summary>
public sealed record TrainingState
{
    /// <summary>The number of steps so far, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>The number of all steps; null if it isn't known before the data ends.</summary>
    public required long? Steps { get; init; }

    /// <summary>The number of the epoch, from 0, in which the step was.</summary>
    public required long Epoch { get; init; }

    /// <summary>The mean loss over all that the step has learned from. It is not finite in a step that was skipped for this reason.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate of the first parameter group.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The norm of all gradients together before they were clipped.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Whether the parameters were not changed, because the loss or the gradient was not finite or there was nothing to learn from.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>The sum of the counts of all batches so far: for a language model, the tokens that were learned.</summary>
    public required double Count { get; init; }

    /// <summary>The counts per second since this run began, without evaluations.</summary>
    public double CountPerSecond { get; init; }

    /// <summary>The evaluation after this step; null if there was none.</summary>
    public Evaluated? Evaluation { get; init; }

    /// <summary>The best evaluation so far; null before the first one.</summary>
    public Evaluated? Best { get; init; }

    /// <summary>What was noticed after this step; empty if nothing was.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];

    /// <summary>The folder of the checkpoint that was written after this step; null if there was none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The time since the training began, with that of earlier runs if it was resumed.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The time of the steps since this run began, without evaluations and checkpoints.</summary>
    public TimeSpan StepsElapsed { get; init; }

    /// <summary>The estimated time until the end; null if the number of steps isn't known.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>The memory of the process in bytes, without that of other devices.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The share of the processor's cores that the process has used since the last step, from 0 to 1.</summary>
    public double Processor { get; init; }

    /// <summary>The number of elements of the trained parameters.</summary>
    public required long TrainableParameters { get; init; }

    /// <summary>The number of elements of all parameters of the model and the adapter.</summary>
    public required long TotalParameters { get; init; }
}
