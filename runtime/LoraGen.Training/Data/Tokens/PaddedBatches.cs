namespace LoraGen.Training.Tokens;

/// <summary>
/// Batches with a row per example, padded to the longest of the batch. Examples that are too long are truncated, and counted in <see cref="Truncation"/>.
/// </summary>
public sealed class PaddedBatches : IBatchSource<TokenBatch>
{
    private readonly PreparedExamples _data;
    private readonly PaddedBatchOptions _options;

    /// <summary>Reads all examples.</summary>
    /// <param name="examples">The examples. Those without a learned token are left out.</param>
    /// <param name="options">How batches are formed.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or no example has a learned token.</exception>
    public PaddedBatches(IEnumerable<TokenizedExample> examples, PaddedBatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _data = new PreparedExamples(examples, ExampleFitter.Truncating(options));
    }

    /// <summary>What truncation removed.</summary>
    public TruncationReport Truncation => _data.Report;

    /// <inheritdoc/>
    public long? BatchesPerEpoch => BatchOrder.Count(_data.Examples.Count, _options);

    /// <inheritdoc/>
    public string Description => $"data {_data.Hash}; {_options.Describe()}";

    /// <inheritdoc/>
    public IEnumerable<TokenBatch> Epoch(long epoch, long skip = 0)
    {
        var order = BatchOrder.Of(_data.Examples.Count, row => _data.Examples[row].Length, _options.BucketBatches, _options, epoch);
        return order.Skip(checked((int)skip)).Select(Create);
    }

    private TokenBatch Create(int[] chosen)
    {
        return TokenRows.Padded([.. chosen.Select(row => _data.Examples[row])], _options).ToBatch(_options.Device, hasSegments: false);
    }
}
