using LoraGen.Training.Evaluation;

namespace LoraGen.Training.Comparison;

/// <summary>The results of a variant.</summary>
public sealed record VariantResult
{
    internal VariantResult(Variant variant, IReadOnlyList<TriedRate> rates, double? learningRate, IReadOnlyList<SeedMeasurement> runs)
    {
        (Variant, Rates, LearningRate, Runs) = (variant, rates, learningRate, runs);
    }

    /// <summary>The variant.</summary>
    public Variant Variant { get; }

    /// <summary>The learning rates that were tried with the first seed, from the lowest to the highest.</summary>
    public IReadOnlyList<TriedRate> Rates { get; }

    /// <summary>The learning rate that was chosen; null before all are tried, or if all runs failed.</summary>
    public double? LearningRate { get; }

    /// <summary>The measurements with the chosen learning rate, by seed; empty before it is chosen.</summary>
    public IReadOnlyList<SeedMeasurement> Runs { get; }

    /// <summary>
    /// The mean quality on the test data. Its interval is that of Student's t over the seeds; with one seed, the bootstrap's over the test items.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no run.</exception>
    public ConfidenceInterval Quality => Runs is [var only] ? only.Measurement.Quality : Mean(measurement => measurement.Quality.Value)!.Value;

    /// <summary>
    /// The mean of a number over the seeds with the 95 % interval of Student's t, which is NaN to NaN with one seed; null if a run doesn't have the number.
    /// </summary>
    /// <param name="number">The number, such as <c>measurement => measurement.PeakMemoryBytes</c>.</param>
    /// <exception cref="InvalidOperationException">There is no run.</exception>
    public ConfidenceInterval? Mean(Func<Measurement, double?> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        double?[] values = [.. Runs.Select(run => number(run.Measurement))];
        return values.All(value => value is not null) ? StudentInterval.Mean([.. values.Select(value => value!.Value)]) : null;
    }

    /// <summary>The shortest of a time over the seeds, because other programs can only lengthen a time; null if a run doesn't have the time.</summary>
    /// <param name="time">The time in seconds, such as <c>measurement => measurement.StepSeconds</c>.</param>
    /// <exception cref="InvalidOperationException">There is no run.</exception>
    public double? Shortest(Func<Measurement, double?> time)
    {
        ArgumentNullException.ThrowIfNull(time);
        double?[] values = [.. Runs.Select(run => time(run.Measurement))];
        return values.Length == 0 ? throw new InvalidOperationException($"Variant \"{Variant.Name}\" has no run.")
            : values.All(value => value is not null) ? values.Min() : null;
    }

    /// <summary>
    /// The mean difference of the quality to that of another variant, this one minus the other, with the 95 % interval of Student's t over the seeds that both
    /// have: what a seed changes for both in the same way doesn't widen the interval. Null without two such seeds.
    /// </summary>
    /// <param name="other">The other variant.</param>
    public ConfidenceInterval? DifferenceFrom(VariantResult other)
    {
        ArgumentNullException.ThrowIfNull(other);
        double[] differences =
        [
            .. Runs.Join(other.Runs, run => run.Seed, run => run.Seed, (own, its) => own.Measurement.Quality.Value - its.Measurement.Quality.Value),
        ];
        return differences.Length < 2 ? null : StudentInterval.Mean(differences);
    }

    /// <summary>Finishes the runs of a variant.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="plan">The comparison.</param>
    /// <param name="finish">Returns a finished run; null if it isn't finished.</param>
    internal static async Task<VariantResult> OfAsync(Variant variant, ComparisonPlan plan, Func<ComparedRun, Task<FinishedRun?>> finish)
    {
        var search = await LearningRateSearch.OfAsync(variant, plan, finish).ConfigureAwait(false);
        if (search.Best is not { } chosen)
            return new VariantResult(variant, search.Tried, null, []);

        var runs = new List<SeedMeasurement> { new(plan.Seeds[0], chosen.Measurement) };
        foreach (var seed in plan.Seeds.Skip(1))
        {
            if (await finish(plan.Run(variant, chosen.Rate, seed)).ConfigureAwait(false) is { Measurement: { } measurement })
                runs.Add(new(seed, measurement));
        }

        return new VariantResult(variant, search.Tried, chosen.Rate, runs);
    }
}
