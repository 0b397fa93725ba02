namespace LoraGen.Training;

/// <summary>Ends a training whose evaluation no longer improves.</summary>
/// <param name="Patience">The number of evaluations in a row without an improvement after which the training ends, at least 1.</param>
/// <param name="MinimumImprovement">How much lower the loss must be than at the last improvement to count as one, at least 0.</param>
public sealed record EarlyStopping(int Patience, double MinimumImprovement = 0);
