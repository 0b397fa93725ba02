namespace LoraGen.Training.Comparison;

/// <summary>A run that failed.</summary>
/// <param name="Name">The variant, the learning rate and the seed.</param>
/// <param name="Error">The end of what its process wrote as errors, and its exit code.</param>
public sealed record FailedRun(string Name, string Error);
