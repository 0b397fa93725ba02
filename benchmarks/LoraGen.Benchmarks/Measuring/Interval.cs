namespace LoraGen.Benchmarks.Measuring;

/// <summary>A median and the interval that contains it with a confidence of 95 %.</summary>
internal sealed record Interval(double Median, double Low, double High);
