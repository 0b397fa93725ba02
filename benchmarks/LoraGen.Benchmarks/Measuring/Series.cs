namespace LoraGen.Benchmarks.Measuring;

/// <summary>What was measured round by round.</summary>
internal sealed class Series(IReadOnlyList<double> values)
{
    public IReadOnlyList<double> Values { get; } = values;

    public double Median => Quantile(0.5);

    public double Quantile(double share)
    {
        var sorted = Values.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Round by round, so that what slows a whole round down falls out.</summary>
    public Series RelativeTo(Series other) => new([.. Values.Zip(other.Values, (mine, its) => mine / its)]);
}
