namespace LoraGen.Benchmarks.Measuring;

/// <summary>One way to do the work of a <see cref="Comparison"/>.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Run">What is timed.</param>
/// <param name="Before">What precedes each run and is not timed.</param>
/// <param name="After">What follows each run and is not timed.</param>
internal sealed record Variant(string Name, Action Run, Action? Before = null, Action? After = null);
