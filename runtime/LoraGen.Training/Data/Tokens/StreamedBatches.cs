namespace LoraGen.Training.Tokens;

/// <summary>
/// Padded batches of examples that are created as they are needed, for data that doesn't fit into memory. The examples are created again in each epoch, and
/// shuffled within a buffer (<see cref="SeededShuffle.Stream"/>); resuming creates those before its place again. Their number isn't known beforehand.
/// </summary>
public sealed class StreamedBatches : IBatchSource<TokenBatch>
{
    private readonly Func<IEnumerable<TokenizedExample>> _examples;
    private readonly string _name;
    private readonly PaddedBatchOptions _options;
    private readonly int _buffer;

    /// <summary>Creates the source; nothing is read yet.</summary>
    /// <param name="examples">Creates the examples, in the same order each time. Those without a learned token are left out.</param>
    /// <param name="name">
    /// What identifies the data in checkpoints: it differs if the examples do, such as the hash of a file with the settings of the tokenizer
    /// (<see cref="Reading.DataFiles.Hash"/>).
    /// </param>
    /// <param name="options">How batches are formed. With a seed, examples are shuffled within the buffer.</param>
    /// <param name="buffer">The number of examples in the buffer. Default: 10,000.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public StreamedBatches(Func<IEnumerable<TokenizedExample>> examples, string name, PaddedBatchOptions options, int buffer = 10_000)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer, 1);
        options.Validate();
        _examples = examples;
        _name = name;
        _options = options;
        _buffer = buffer;
    }

    /// <summary>What truncation removed in the last epoch that was begun, until now; null before the first.</summary>
    public TruncationReport? Truncation => Fitter?.Report;

    /// <summary>null: it isn't known.</summary>
    public long? BatchesPerEpoch => null;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant($"data {_name}; {_options.Describe()}, buffer of {_buffer}");

    private ExampleFitter? Fitter { get; set; }

    /// <inheritdoc/>
    public IEnumerable<TokenBatch> Epoch(long epoch, long skip = 0)
    {
        // Skipped batches are not created, but their examples are.
        return Chunks(epoch).Skip(checked((int)skip)).Select(chunk => TokenRows.Padded(chunk, _options).ToBatch(_options.Device, hasSegments: false));
    }

    private IEnumerable<TokenizedExample[]> Chunks(long epoch)
    {
        var fitter = ExampleFitter.Truncating(_options);
        Fitter = fitter;
        var fitted = _examples().SelectMany(fitter.Fit);
        var shuffled = _options.Seed is { } seed ? SeededShuffle.Stream(fitted, _buffer, seed, epoch) : fitted;
        var chunks = _options.BucketBatches == 0 ? shuffled.Chunk(_options.BatchSize) : Buckets(shuffled, epoch);
        return chunks.Where(chunk => !_options.DropLast || chunk.Length == _options.BatchSize);
    }

    private IEnumerable<TokenizedExample[]> Buckets(IEnumerable<TokenizedExample> examples, long epoch)
    {
        var number = 0;
        foreach (var bucket in examples.Chunk(_options.BucketBatches * _options.BatchSize))
        {
            var chunks = bucket.OrderBy(example => example.Length).Chunk(_options.BatchSize).ToArray();
            if (_options.Seed is { } seed)
                SeededShuffle.Shuffle(chunks, SplitMix64.Of(~seed - number++, epoch));
            foreach (var chunk in chunks)
                yield return chunk;
        }
    }
}
