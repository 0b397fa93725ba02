using LoraGen.Training.Comparison;

namespace LoraGen.Training.Tests.Comparison;

/// <summary>Results of runs that were not processes.</summary>
internal static class Results
{
    /// <param name="plan">The comparison.</param>
    /// <param name="measure">Returns the measurement of a run; null for a run that failed.</param>
    public static Task<ComparisonResult> OfAsync(ComparisonPlan plan, Func<ComparedRun, Measurement?> measure)
    {
        return ComparisonResult.OfAsync(plan, run => Task.FromResult<FinishedRun?>(Finished(run, measure(run))));
    }

    private static FinishedRun Finished(ComparedRun run, Measurement? measurement)
    {
        return new FinishedRun(run, "2 cores", 45, measurement, measurement is null ? "It failed.\nThe process ended with exit code 1." : null);
    }
}
