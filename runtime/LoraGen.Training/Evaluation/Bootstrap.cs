namespace LoraGen.Training.Evaluation;

/// <summary>
/// Confidence intervals by the bootstrap's percentiles (Efron 1979): the value is computed on samples of the items, drawn with replacement, and the interval
/// holds the middle of the results. It covers the choice of test items and not that of the seed of a training. The result depends on the seed only.
/// </summary>
public static class Bootstrap
{
    /// <summary>The interval of a mean, such as an accuracy or a mean loss.</summary>
    /// <param name="values">The value of each item.</param>
    /// <param name="confidence">The confidence, above 0 and below 1. Default: 0.95.</param>
    /// <param name="resamples">The number of samples. Default: 2000.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">There is no value, or an argument is out of its range.</exception>
    public static ConfidenceInterval Mean(IReadOnlyList<double> values, double confidence = 0.95, int resamples = 2000, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Interval(values.Count, items => items.Average(item => values[item]), confidence, resamples, seed);
    }

    /// <summary>The interval of the share of items that are true, such as <see cref="ClassificationScores.Correct"/>.</summary>
    /// <param name="values">Whether each item is.</param>
    /// <param name="confidence">The confidence, above 0 and below 1. Default: 0.95.</param>
    /// <param name="resamples">The number of samples. Default: 2000.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">There is no value, or an argument is out of its range.</exception>
    public static ConfidenceInterval Share(IReadOnlyList<bool> values, double confidence = 0.95, int resamples = 2000, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Mean([.. values.Select(value => value ? 1.0 : 0.0)], confidence, resamples, seed);
    }

    /// <summary>
    /// The interval of the difference of two means over the same items, the second minus the first: items are drawn in pairs, so that their difficulty, which
    /// both share, doesn't widen the interval. If it doesn't hold 0, the difference is more than chance in the choice of the items.
    /// </summary>
    /// <param name="first">The value of each item with the first model.</param>
    /// <param name="second">The value of each item with the second model.</param>
    /// <param name="confidence">The confidence, above 0 and below 1. Default: 0.95.</param>
    /// <param name="resamples">The number of samples. Default: 2000.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">The numbers of values differ, there is none, or an argument is out of its range.</exception>
    public static ConfidenceInterval Difference(
        IReadOnlyList<double> first, IReadOnlyList<double> second, double confidence = 0.95, int resamples = 2000, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Pairs.Check(second.Count, first.Count, nameof(second));
        return Mean([.. first.Zip(second, (one, other) => other - one)], confidence, resamples, seed);
    }

    /// <inheritdoc cref="Difference(IReadOnlyList{double}, IReadOnlyList{double}, double, int, long)"/>
    /// <summary>The interval of the difference of two shares over the same items, such as two accuracies, the second minus the first.</summary>
    public static ConfidenceInterval Difference(
        IReadOnlyList<bool> first, IReadOnlyList<bool> second, double confidence = 0.95, int resamples = 2000, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Difference([.. first.Select(value => value ? 1.0 : 0.0)], [.. second.Select(value => value ? 1.0 : 0.0)], confidence, resamples, seed);
    }

    /// <summary>The interval of any value that is computed from items, such as F1.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="value">The value of a sample, given as the indexes of its items.</param>
    /// <param name="confidence">The confidence, above 0 and below 1. Default: 0.95.</param>
    /// <param name="resamples">The number of samples. Default: 2000.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">There is no item, or an argument is out of its range.</exception>
    public static ConfidenceInterval Interval(
        int count, Func<IReadOnlyList<int>, double> value, double confidence = 0.95, int resamples = 2000, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is above 0 and below 1.");
        var random = SplitMix64.Of(seed, 0);
        var results = new double[resamples];
        var sample = new int[count];
        for (var resample = 0; resample < resamples; resample++)
        {
            for (var item = 0; item < count; item++)
                sample[item] = random.Next(count);
            results[resample] = value(sample);
        }

        Array.Sort(results);
        var outside = (1 - confidence) / 2;
        return new ConfidenceInterval(value([.. Enumerable.Range(0, count)]), Quantile(results, outside), Quantile(results, 1 - outside), confidence);
    }

    // Between two results, the quantile lies on the line between them, as in NumPy.
    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
