namespace LoraGen.Training;

/// <summary>Passes the state of a training to several reports, in their order, and disposes those that are disposable.</summary>
/// <param name="reports">The reports.</param>
public sealed class Reports(params IProgress<TrainingState>[] reports) : IProgress<TrainingState>, IDisposable
{
    /// <inheritdoc/>
    public void Report(TrainingState value)
    {
        foreach (var report in reports)
            report.Report(value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var report in reports.OfType<IDisposable>())
            report.Dispose();
    }
}
