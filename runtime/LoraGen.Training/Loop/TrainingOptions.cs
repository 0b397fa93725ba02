namespace LoraGen.Training;

/// <summary>How a model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often the data is read; 1 by default. It is not used if <see cref="Steps"/> is set.</summary>
    public long Epochs { get; init; } = 1;

    /// <summary>The number of steps of the optimizer, over as many epochs as they take; null (the default) for <see cref="Epochs"/>.</summary>
    public long? Steps { get; init; }

    /// <summary>The number of batches whose gradients make up a step; 1 by default. The last step of an epoch may have fewer.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>The norm of all gradients together to which they are reduced if it is larger; 1 by default, and null for any norm.</summary>
    public double? MaxGradientNorm { get; init; } = 1;

    /// <summary>The learning rate as a function of the step. By default it falls linearly from the optimizer's rate to 0.</summary>
    public LearningRate LearningRate { get; init; } = LearningRate.Linear();

    /// <summary>The number of steps between two evaluations; null (the default) evaluates at the end of each epoch.</summary>
    public long? EvaluateEvery { get; init; }

    /// <summary>
    /// Computes other metrics in an evaluation, such as an accuracy, by name; null (the default) for the loss alone. The model is in evaluation mode, and no
    /// gradients are recorded.
    /// </summary>
    public Func<IReadOnlyDictionary<string, double>>? Metrics { get; init; }

    /// <summary>Ends the training when the evaluation's loss no longer improves; null (the default) doesn't.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>What happens in a step that is not finite; <see cref="NonFiniteStep.Stop"/> by default.</summary>
    public NonFiniteStep NonFinite { get; init; }

    /// <summary>The scaler for a model in float16; null (the default) for none. A step that it skips is not an error.</summary>
    public LossScaler? Scaler { get; init; }

    /// <summary>The seed with which torch's random generator begins, for dropout; null (the default) leaves it as it is.</summary>
    public long? Seed { get; init; }

    /// <summary>A generator of .NET whose state is stored in checkpoints, for the loss function; null (the default) for none.</summary>
    public TrainingRandom? Random { get; init; }

    /// <summary>Where and when the training is saved; null (the default) doesn't save it.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>
    /// The number of steps after which parameters that are still zero or have no gradient, and a loss that rises, are reported; 20 by default, and null for no
    /// diagnosis.
    /// </summary>
    public long? DiagnoseAfter { get; init; } = 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Checkpoints?.Every ?? 1, 1, "Checkpoints.Every");
        ArgumentOutOfRangeException.ThrowIfLessThan(Checkpoints?.Limit ?? 1, 1, "Checkpoints.Limit");
        if (Checkpoints is { } checkpoints)
            ArgumentException.ThrowIfNullOrWhiteSpace(checkpoints.Folder, "Checkpoints.Folder");
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps ?? 1, 1, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(Accumulation, 1, nameof(Accumulation));
        ArgumentOutOfRangeException.ThrowIfLessThan(EvaluateEvery ?? 1, 1, nameof(EvaluateEvery));
        ArgumentOutOfRangeException.ThrowIfLessThan(DiagnoseAfter ?? 1, 1, nameof(DiagnoseAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(EarlyStopping?.Patience ?? 1, 1, "EarlyStopping.Patience");
        ArgumentOutOfRangeException.ThrowIfNegative(EarlyStopping?.MinimumImprovement ?? 0, "EarlyStopping.MinimumImprovement");
        ArgumentNullException.ThrowIfNull(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(LearningRate.WarmupSteps, "LearningRate.WarmupSteps");
        if (LearningRate.WarmupShare is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException("LearningRate.WarmupShare", LearningRate.WarmupShare, "It must be from 0 to 1.");
        if (MaxGradientNorm is { } norm && !(norm > 0))
            throw new ArgumentOutOfRangeException(nameof(MaxGradientNorm), norm, "It must be greater than 0, or null.");
        if (!Enum.IsDefined(NonFinite))
            throw new ArgumentOutOfRangeException(nameof(NonFinite), NonFinite, "It must be Stop or Skip.");
    }
}
