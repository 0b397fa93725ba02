using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LoraGen.Training.Tokens;

/// <summary>Batches of classified texts, padded to the longest of the batch.</summary>
public sealed class ClassBatches : IBatchSource<ClassBatch>
{
    private readonly PreparedExamples _data;
    private readonly long[] _labels;
    private readonly PaddedBatchOptions _options;

    /// <summary>Reads all examples.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="options">How batches are formed.</param>
    /// <exception cref="ArgumentException">An option is out of its range, an example has no token or a negative label, or there is none.</exception>
    public ClassBatches(IEnumerable<ClassifiedExample> examples, PaddedBatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        var all = examples.ToList();
        if (all.FindIndex(example => example.Label < 0) is var wrong and >= 0)
            throw new ArgumentException($"Example {wrong} has the label {all[wrong].Label}: classes are numbered from 0.", nameof(examples));
        if (all.Count == 0)
            throw new ArgumentException("There is no example.", nameof(examples));
        _labels = [.. all.Select(example => (long)example.Label)];
        _data = new PreparedExamples(all.Select(example => new TokenizedExample(example.Ids)), ExampleFitter.Classifying(options));
    }

    /// <summary>What truncation removed.</summary>
    public TruncationReport Truncation => _data.Report;

    /// <inheritdoc/>
    public long? BatchesPerEpoch => BatchOrder.Count(_labels.Length, _options);

    /// <inheritdoc/>
    public string Description => $"data {_data.Hash}, classes {LabelHash()}; {_options.Describe()}";

    /// <inheritdoc/>
    public IEnumerable<ClassBatch> Epoch(long epoch, long skip = 0)
    {
        var order = BatchOrder.Of(_labels.Length, row => _data.Examples[row].Length, _options.BucketBatches, _options, epoch);
        return order.Skip(checked((int)skip)).Select(Create);
    }

    private string LabelHash() => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<long>(_labels))).ToLowerInvariant();

    private ClassBatch Create(int[] chosen)
    {
        var rows = TokenRows.Padded([.. chosen.Select(row => _data.Examples[row])], _options);
        return rows.ToClassBatch([.. chosen.Select(row => _labels[row])], _options.Device);
    }
}
