using LoraGen.Training.Reporting;

namespace LoraGen.Training.Comparison;

/// <summary>The results of a comparison.</summary>
public sealed record ComparisonResult
{
    private ComparisonResult(ComparisonPlan plan, IReadOnlyList<VariantResult> variants, IReadOnlyList<FinishedRun?> runs)
    {
        (Plan, Variants, Missing) = (plan, variants, runs.Count(run => run is null));
        FinishedRun[] finished = [.. runs.OfType<FinishedRun>()];
        Failures = [.. finished.Where(run => run.Error is not null).Select(run => new FailedRun(run.Run.Name, run.Error!))];
        Machines = [.. finished.Select(run => run.Machine).Distinct()];
        RunTime = TimeSpan.FromSeconds(finished.Sum(run => run.Seconds));
    }

    /// <summary>What was compared.</summary>
    public ComparisonPlan Plan { get; }

    /// <summary>The results of each variant, in the order of the plan.</summary>
    public IReadOnlyList<VariantResult> Variants { get; }

    /// <summary>The runs that failed.</summary>
    public IReadOnlyList<FailedRun> Failures { get; }

    /// <summary>The number of runs that aren't finished. The seeds of a variant whose learning rate isn't chosen don't count.</summary>
    public int Missing { get; }

    /// <summary>The machines on which the runs were. Times of different machines can't be compared.</summary>
    public IReadOnlyList<string> Machines { get; }

    /// <summary>The time of all runs, each from the start of its process to its end.</summary>
    public TimeSpan RunTime { get; }

    /// <summary>Whether all runs are finished, and none has failed.</summary>
    public bool IsComplete => Failures.Count == 0 && Missing == 0;

    /// <summary>The variants that have a run.</summary>
    internal IReadOnlyList<VariantResult> Measured => [.. Variants.Where(variant => variant.Runs.Count > 0)];

    /// <summary>
    /// Writes the report into the folder of the comparison: <c>comparison.md</c>, <c>comparison.json</c>, and the plots <c>parameters.png</c> and
    /// <c>time.png</c>.
    /// </summary>
    public void WriteReport()
    {
        Directory.CreateDirectory(Plan.Folder);
        File.WriteAllText(Path.Combine(Plan.Folder, "comparison.md"), ToMarkdown());
        JsonFiles.Write(Path.Combine(Plan.Folder, "comparison.json"), ComparisonJson.Of(this));
        SavePlot(Path.Combine(Plan.Folder, "parameters.png"), PlotAxis.TrainedParameters);
        SavePlot(Path.Combine(Plan.Folder, "time.png"), PlotAxis.TrainingTime);
    }

    /// <summary>The tables of the report, without a heading.</summary>
    public string ToMarkdown() => ComparisonTables.Of(this);

    /// <summary>Draws the quality with its intervals against a cost as a PNG file. Without a result nothing is drawn.</summary>
    /// <param name="path">The file; its folder is created if it doesn't exist.</param>
    /// <param name="axis">The cost.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    public void SavePlot(string path, PlotAxis axis, int width = 1100, int height = 650)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Measured.Count > 0)
            ComparisonPlot.Save(this, path, axis, width, height);
    }

    /// <param name="plan">The comparison.</param>
    /// <param name="finish">Returns a finished run; null if it isn't finished.</param>
    internal static async Task<ComparisonResult> OfAsync(ComparisonPlan plan, Func<ComparedRun, Task<FinishedRun?>> finish)
    {
        var runs = new List<FinishedRun?>();
        var variants = new List<VariantResult>();
        foreach (var variant in plan.Variants)
            variants.Add(await VariantResult.OfAsync(variant, plan, FinishAsync).ConfigureAwait(false));

        return new ComparisonResult(plan, variants, runs);

        async Task<FinishedRun?> FinishAsync(ComparedRun run)
        {
            var finished = await finish(run).ConfigureAwait(false);
            runs.Add(finished);
            return finished;
        }
    }
}
