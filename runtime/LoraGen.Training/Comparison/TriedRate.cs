namespace LoraGen.Training.Comparison;

/// <summary>A learning rate that was tried.</summary>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Validation">The validation quality with the first seed; null if the run failed or isn't finished.</param>
public sealed record TriedRate(double LearningRate, double? Validation);
