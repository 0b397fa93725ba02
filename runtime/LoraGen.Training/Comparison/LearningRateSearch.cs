using System.Globalization;

namespace LoraGen.Training.Comparison;

/// <summary>The learning rates of a variant that are tried with the first seed, and the one that is chosen.</summary>
internal sealed class LearningRateSearch
{
    private readonly List<(double Rate, FinishedRun? Run)> _tried = [];
    private readonly bool _isLowerBetter;

    private LearningRateSearch(bool isLowerBetter) => _isLowerBetter = isLowerBetter;

    /// <summary>What was tried, from the lowest learning rate to the highest.</summary>
    public IReadOnlyList<TriedRate> Tried
    {
        get => [.. _tried.OrderBy(one => one.Rate).Select(one => new TriedRate(one.Rate, one.Run?.Measurement?.Validation))];
    }

    /// <summary>The best learning rate with its measurement; null before all are tried, or if all failed. Of equal ones, the one that was tried first.</summary>
    public (double Rate, Measurement Measurement)? Best
    {
        get
        {
            if (_tried.Any(one => one.Run is null))
                return null;
            var measured = _tried.Where(one => one.Run?.Measurement is { } measurement && double.IsFinite(measurement.Validation))
                .Select(one => (one.Rate, Measurement: one.Run!.Measurement!)).ToArray();
            if (measured.Length == 0)
                return null;
            return _isLowerBetter ? measured.MinBy(one => one.Measurement.Validation) : measured.MaxBy(one => one.Measurement.Validation);
        }
    }

    // Beyond the end of the tried rates, if the best one is there: in the ratio of the two rates at that end, with two digits.
    private double? Next
    {
        get
        {
            double[] rates = [.. _tried.Select(one => one.Rate).Order()];
            if (rates.Length < 2 || Best is not { Rate: var best })
                return null;
            if (best == rates[^1] && Rounded(best * (best / rates[^2])) is var higher && higher > best)
                return higher;
            if (best == rates[0] && Rounded(best * (best / rates[1])) is var lower && lower < best)
                return lower;
            return null;
        }
    }

    /// <summary>Tries the learning rates of a variant, and those that the plan adds.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="plan">The comparison.</param>
    /// <param name="finish">Returns a finished run; null if it isn't finished.</param>
    public static async Task<LearningRateSearch> OfAsync(Variant variant, ComparisonPlan plan, Func<ComparedRun, Task<FinishedRun?>> finish)
    {
        var search = new LearningRateSearch(plan.IsLowerBetter);
        foreach (var rate in variant.LearningRates)
            await TryAsync(rate).ConfigureAwait(false);

        for (var added = 0; added < plan.MaxAddedRates && search.Next is { } rate; added++)
            await TryAsync(rate).ConfigureAwait(false);

        return search;

        async Task TryAsync(double rate) => search._tried.Add((rate, await finish(plan.Run(variant, rate, plan.Seeds[0])).ConfigureAwait(false)));
    }

    private static double Rounded(double rate) => double.Parse(rate.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
