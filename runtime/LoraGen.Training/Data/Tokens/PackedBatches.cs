namespace LoraGen.Training.Tokens;

/// <summary>
/// Batches whose rows hold several documents, so that there is little padding. Documents don't see each other: <see cref="TokenBatch.SegmentIds"/> and
/// <see cref="TokenBatch.CausalMask"/> keep them apart, and <see cref="TokenBatch.PositionIds"/> begin at 0 in each. The model must be given both. Which
/// documents share a row is the same in each epoch; the order of the rows differs.
/// </summary>
public sealed class PackedBatches : IBatchSource<TokenBatch>
{
    private readonly PreparedExamples _data;
    private readonly IReadOnlyList<IReadOnlyList<int>> _rows;
    private readonly PackedBatchOptions _options;

    /// <summary>Reads all documents and packs them.</summary>
    /// <param name="documents">The documents. Those without a learned token are left out.</param>
    /// <param name="options">How batches are formed.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or no document has a learned token.</exception>
    public PackedBatches(IEnumerable<TokenizedExample> documents, PackedBatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _data = new PreparedExamples(
            documents, options.LongDocuments == LongDocuments.Split ? ExampleFitter.Splitting(options.MaxLength) : ExampleFitter.Truncating(options));
        _rows = Packing.BestFit([.. _data.Examples.Select(example => example.Length)], options.MaxLength);
    }

    /// <summary>What truncation removed.</summary>
    public TruncationReport Truncation => _data.Report;

    /// <summary>The number of packed rows.</summary>
    public int Rows => _rows.Count;

    /// <summary>The share of the rows' positions that hold tokens, from 0 to 1.</summary>
    public double Density => _data.Examples.Sum(example => (double)example.Length) / ((double)Rows * _options.MaxLength);

    /// <inheritdoc/>
    public long? BatchesPerEpoch => BatchOrder.Count(Rows, _options);

    /// <inheritdoc/>
    public string Description => $"data {_data.Hash}; {_options.Describe()}";

    /// <inheritdoc/>
    public IEnumerable<TokenBatch> Epoch(long epoch, long skip = 0)
    {
        return BatchOrder.Of(Rows, _options, epoch).Skip(checked((int)skip)).Select(Create);
    }

    private TokenBatch Create(int[] chosen)
    {
        var rows = new TokenRows(chosen.Length, _options.MaxLength, _options.PaddingId);
        for (var row = 0; row < chosen.Length; row++)
        {
            var (start, segment) = (0, 1);
            foreach (var document in _rows[chosen[row]])
            {
                rows.Write(row, start, segment++, _data.Examples[document]);
                start += _data.Examples[document].Length;
            }
        }

        return rows.ToBatch(_options.Device, hasSegments: true);
    }
}
