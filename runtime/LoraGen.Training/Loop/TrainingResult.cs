namespace LoraGen.Training;

/// <summary>The result of a training.</summary>
public sealed record TrainingResult
{
    /// <summary>Why it has ended.</summary>
    public required TrainingEnd End { get; init; }

    /// <summary>The number of steps.</summary>
    public required long Steps { get; init; }

    /// <summary>The number of steps among them that didn't change the parameters.</summary>
    public required long SkippedSteps { get; init; }

    /// <summary>The mean loss of the last step; NaN if there was no step.</summary>
    public required double Loss { get; init; }

    /// <summary>The evaluations, in their order.</summary>
    public required IReadOnlyList<Evaluated> Evaluations { get; init; }

    /// <summary>The evaluation with the lowest loss; null without an evaluation.</summary>
    public required Evaluated? Best { get; init; }

    /// <summary>What the training has noticed about itself.</summary>
    public required IReadOnlyList<TrainingWarning> Warnings { get; init; }

    /// <summary>The folder of the newest checkpoint; null without <see cref="TrainingOptions.Checkpoints"/>.</summary>
    public required string? Checkpoint { get; init; }

    /// <summary>The folder of the checkpoint of <see cref="Best"/>; null without checkpoints or evaluations.</summary>
    public required string? BestCheckpoint { get; init; }

    /// <summary>The sum of the counts of all batches: for a language model, the tokens that were learned.</summary>
    public required double Count { get; init; }

    /// <summary>The time, with that of earlier runs if the training was resumed.</summary>
    public required TimeSpan Elapsed { get; init; }
}
