namespace LoraGen.Training.Loop;

/// <summary>The data of a run.</summary>
/// <param name="Train">The batches to learn from.</param>
/// <param name="Evaluation">The batches of an evaluation; null for none.</param>
/// <param name="Steps">The number of all steps; null if it isn't known.</param>
internal sealed record TrainingData<TBatch>(IBatchSource<TBatch> Train, IBatchSource<TBatch>? Evaluation, long? Steps)
    where TBatch : IDisposable
{
    /// <exception cref="ArgumentException">The options need something that the data doesn't have.</exception>
    public static TrainingData<TBatch> Of(IBatchSource<TBatch> train, IBatchSource<TBatch>? evaluation, TrainingOptions options)
    {
        var steps = options.Steps
            ?? (train.BatchesPerEpoch is { } batches ? options.Epochs * ((batches + options.Accumulation - 1) / options.Accumulation) : null);
        if (steps is null && options.LearningRate.NeedsSteps)
        {
            throw new ArgumentException(
                $"The learning rate {options.LearningRate} depends on the number of steps, and the data has no BatchesPerEpoch. Set "
                + $"{nameof(TrainingOptions.Steps)}, or use LearningRate.Constant().",
                nameof(train));
        }

        if (evaluation is null && options.EarlyStopping is not null)
            throw new ArgumentException($"{nameof(TrainingOptions.EarlyStopping)} is set, and there is no data for evaluations.", nameof(evaluation));

        return new TrainingData<TBatch>(train, evaluation, steps);
    }
}
