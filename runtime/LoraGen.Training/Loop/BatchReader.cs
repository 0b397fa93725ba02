namespace LoraGen.Training.Loop;

/// <summary>Reads the batches of an epoch one ahead, so that the last one is known as such.</summary>
internal sealed class BatchReader<TBatch> : IDisposable
    where TBatch : IDisposable
{
    private readonly IEnumerator<TBatch> _batches;
    private TBatch? _next;

    public BatchReader(IEnumerable<TBatch> batches)
    {
        _batches = batches.GetEnumerator();
        Read();
    }

    public bool HasNext { get; private set; }

    /// <summary>Returns the batch, which the caller disposes.</summary>
    public TBatch Take()
    {
        var taken = _next!;
        (_next, HasNext) = (default, false);
        return taken;
    }

    /// <summary>Reads the next batch.</summary>
    public void Read()
    {
        HasNext = _batches.MoveNext();
        _next = HasNext ? _batches.Current : default;
    }

    public void Dispose()
    {
        _next?.Dispose();
        _batches.Dispose();
    }
}
