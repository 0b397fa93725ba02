namespace LoraGen.Training.Comparison;

/// <summary>What was measured with a seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Measurement">The measurement.</param>
public sealed record SeedMeasurement(long Seed, Measurement Measurement);
