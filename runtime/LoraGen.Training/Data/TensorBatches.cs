using System.Security.Cryptography;
using static TorchSharp.torch;

namespace LoraGen.Training;

/// <summary>
/// Batches of the rows of two tensors that are in memory, such as images and their classes. The order of an epoch is a function of the seed and the epoch.
/// </summary>
public sealed class TensorBatches : IBatchSource<TensorBatch>
{
    private readonly Tensor _inputs;
    private readonly Tensor _targets;
    private readonly int _rows;
    private readonly int _batchSize;
    private readonly long? _seed;

    /// <summary>Reads the tensors once, for the hash in <see cref="Description"/>.</summary>
    /// <param name="inputs">What the model is given, [rows, …]. The caller disposes it after the last epoch. Batches are on its device.</param>
    /// <param name="targets">What it should compute, [rows, …]. The caller disposes it after the last epoch.</param>
    /// <param name="batchSize">The number of rows of a batch; the last one of an epoch may have fewer.</param>
    /// <param name="seed">The seed of the order; null for the order of the rows in each epoch. Default: 0.</param>
    /// <exception cref="ArgumentException">The tensors have no rows or different numbers of them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows of a batch is below 1.</exception>
    public TensorBatches(Tensor inputs, Tensor targets, int batchSize, long? seed = 0)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var (rows, others) = (RowsOf(inputs, nameof(inputs)), RowsOf(targets, nameof(targets)));
        if (rows != others)
            throw new ArgumentException($"targets has {others} rows and inputs {rows}: each row of the inputs needs one of the targets.", nameof(targets));

        (_inputs, _targets, _rows, _batchSize, _seed) = (inputs, targets, checked((int)rows), batchSize, seed);
        var order = seed is { } number ? FormattableString.Invariant($"seed {number}") : "in their order";
        Description = FormattableString.Invariant($"inputs {Hash(inputs)}, targets {Hash(targets)}; {rows} rows in batches of {batchSize}, {order}");
    }

    /// <inheritdoc/>
    public long? BatchesPerEpoch => (_rows + _batchSize - 1) / _batchSize;

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public IEnumerable<TensorBatch> Epoch(long epoch, long skip = 0)
    {
        var order = _seed is { } seed ? SeededShuffle.Order(_rows, seed, epoch) : Enumerable.Range(0, _rows);
        return order.Chunk(_batchSize).Skip(checked((int)skip)).Select(Create);
    }

    private TensorBatch Create(int[] rows)
    {
        using var noGrad = no_grad();
        using var chosen = tensor(Array.ConvertAll(rows, row => (long)row), device: _inputs.device);
        using var chosenOfTargets = chosen.to(_targets.device);
        return new TensorBatch(_inputs.index_select(0, chosen), _targets.index_select(0, chosenOfTargets));
    }

    private static long RowsOf(Tensor tensor, string name)
    {
        return tensor is { ndim: > 0 } && tensor.shape[0] is > 0 and var rows ? rows : throw new ArgumentException($"{name} has no rows.", name);
    }

    // Row by row: the bytes of a tensor of 2 GiB and more can't be read at once.
    private static string Hash(Tensor tensor)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var noGrad = no_grad();
        for (var row = 0L; row < tensor.shape[0]; row++)
        {
            using var scope = NewDisposeScope();
            var values = tensor.narrow(0, row, 1).cpu().contiguous();
            hash.AppendData(values.bytes);
            GC.KeepAlive(values);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
