namespace LoraGen.Training;

/// <summary>The result of an evaluation.</summary>
/// <param name="Step">The number of steps before it.</param>
/// <param name="Loss">The mean loss over the evaluation's data.</param>
/// <param name="Metrics">The other metrics, by name; empty if there are none.</param>
public sealed record Evaluated(long Step, double Loss, IReadOnlyDictionary<string, double> Metrics);
