namespace LoraGen.Training.Comparison;

/// <summary>
/// Compares methods of fine-tuning, each run in a process of its own: memory that one has used would be in the next one's peak. The program starts itself again
/// for each run, so its first statement recognizes such a start:
/// <code>
/// if (Compare.IsRun(args))
///     return await Compare.MeasureAsync(args, Measure);
/// </code>
/// </summary>
public static class Compare
{
    /// <summary>
    /// Runs what isn't finished, and returns all results. For a variant with several learning rates, each is tried with the first seed, and the other seeds use
    /// the one with the best validation quality. A run that fails doesn't end the comparison: its error is in the results. It is run again when the comparison
    /// is.
    /// </summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="progress">Gets a line for each run.</param>
    /// <param name="cancellationToken">Ends the comparison; the same plan continues it.</param>
    /// <exception cref="ArgumentException">The plan has no variant or seed, a learning rate that isn't above 0, or something twice.</exception>
    /// <exception cref="InvalidDataException">The folder has runs with other settings, or a file that can't be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<ComparisonResult> RunAsync(
        ComparisonPlan plan, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var folder = Open(plan);
        var process = new RunProcess(folder, plan.Program);
        return await ComparisonResult.OfAsync(plan, FinishAsync).ConfigureAwait(false);

        async Task<FinishedRun?> FinishAsync(ComparedRun run)
        {
            if (folder.Find(run) is { Error: null } earlier)
                return earlier;

            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report($"{run.Name} …");
            var finished = await process.RunAsync(run, cancellationToken).ConfigureAwait(false);
            progress?.Report($"{run.Name}: {finished.Summary(plan.Quality)}");
            return finished;
        }
    }

    /// <summary>Returns the results of the runs that are finished, without running any. A variant whose learning rates aren't all tried has none.</summary>
    /// <param name="plan">What is compared.</param>
    /// <exception cref="ArgumentException">The plan has no variant or seed, a learning rate that isn't above 0, or something twice.</exception>
    /// <exception cref="InvalidDataException">The folder has runs with other settings, or a file that can't be read.</exception>
    public static ComparisonResult Read(ComparisonPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var folder = Open(plan);

        // Nothing is awaited.
        return ComparisonResult.OfAsync(plan, run => Task.FromResult(folder.Find(run))).GetAwaiter().GetResult();
    }

    /// <summary>Whether the arguments of a program are those of a run of a comparison.</summary>
    /// <param name="args">The arguments.</param>
    public static bool IsRun(IReadOnlyList<string> args) => args is [RunProcess.Argument, _];

    /// <summary>Measures, in the process of a run, and stores the result for the comparison.</summary>
    /// <param name="args">The arguments of the program, for which <see cref="IsRun"/> is true.</param>
    /// <param name="measure">Trains and measures. What it throws becomes the error of the run.</param>
    /// <returns>The exit code for the program: 0, or 1 after an exception.</returns>
    /// <exception cref="ArgumentException">The arguments are others.</exception>
    public static async Task<int> MeasureAsync(IReadOnlyList<string> args, Func<ComparedRun, Task<Measurement>> measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        if (!IsRun(args))
            throw new ArgumentException("These are not the arguments of a run of a comparison: check IsRun before.", nameof(args));

        try
        {
            var measured = await measure(RunProcess.ReadRequest(args[1])).ConfigureAwait(false);
            RunProcess.WriteResult(args[1], measured with { PeakMemoryBytes = measured.PeakMemoryBytes ?? PeakMemory.Bytes });
            return 0;
        }
        catch (Exception error)
        {
            // The comparison keeps the errors' stream; the whole exception is for the log.
            Console.WriteLine(error);
            await Console.Error.WriteLineAsync($"{error.GetType().Name}: {error.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private static RunFolder Open(ComparisonPlan plan)
    {
        plan.Validate();
        var folder = new RunFolder(plan.Folder);
        folder.EnsureSettings(plan.Settings);
        return folder;
    }
}
