namespace LoraGen.Training.Comparison;

/// <summary>
/// Measures the steps of a training, without the time of evaluations and checkpoints. Pass it to <see cref="Trainer{TBatch}.RunAsync"/>, alone or in
/// <see cref="Reports"/>.
/// </summary>
public sealed class StepTimes : IProgress<TrainingState>
{
    private readonly List<double> _steps = [];

    /// <summary>The time of all steps in seconds.</summary>
    public double TotalSeconds { get; private set; }

    /// <summary>The median time of a step in seconds.</summary>
    /// <exception cref="InvalidOperationException">There was no step.</exception>
    public double MedianSeconds => Latency.Median(_steps);

    /// <inheritdoc/>
    public void Report(TrainingState value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _steps.Add(value.StepsElapsed.TotalSeconds - TotalSeconds);
        TotalSeconds = value.StepsElapsed.TotalSeconds;
    }
}
