namespace LoraGen.Formats;

/// <summary>The progress of reading or writing files, which can be cancelled between the parts of a tensor.</summary>
internal sealed class FileProgress(IProgress<double>? progress, CancellationToken cancellation)
{
    private long _total;
    private long _done;

    /// <summary>No progress is reported, and nothing can be cancelled.</summary>
    public static FileProgress None => new(null, CancellationToken.None);

    /// <summary>Whether the work may be cancelled.</summary>
    public bool CanBeCancelled => cancellation.CanBeCanceled;

    /// <exception cref="OperationCanceledException">The work is cancelled.</exception>
    public void Begin(long total)
    {
        (_total, _done) = (total, 0);
        ThrowIfCancelled();
    }

    /// <exception cref="OperationCanceledException">The work is cancelled.</exception>
    public void Add(long bytes)
    {
        _done += bytes;
        progress?.Report(_total == 0 ? 1 : Math.Min(1, (double)_done / _total));
        ThrowIfCancelled();
    }

    /// <exception cref="OperationCanceledException">The work is cancelled.</exception>
    public void ThrowIfCancelled() => cancellation.ThrowIfCancellationRequested();
}
