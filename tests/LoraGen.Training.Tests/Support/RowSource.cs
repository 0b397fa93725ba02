using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Support;

/// <summary>Batches of drawn numbers with unequal sizes, in another order in each epoch.</summary>
internal sealed class RowSource(int batches = 5, int seed = 7, bool isLengthKnown = true, Func<int, double>? scale = null) : IBatchSource<Rows>
{
    public long? BatchesPerEpoch => isLengthKnown ? batches : null;

    public string Description { get; init; } = $"{batches} batches of seed {seed}";

    /// <summary>The number of batches that were created.</summary>
    public int Created { get; private set; }

    public IEnumerable<Rows> Epoch(long epoch, long skip = 0)
    {
        var order = Enumerable.Range(0, batches).ToArray();
        new Random(seed + (int)epoch).Shuffle(order);
        foreach (var index in order.Skip((int)skip))
        {
            Created++;
            yield return Make(index);
        }
    }

    public Rows Make(int index)
    {
        var random = new Random((seed * 1000) + index);
        var count = 2 + (index % 3);
        var factor = scale?.Invoke(index) ?? 1;
        return new Rows(Draw(count, Net.Inputs, random, factor), Draw(count, Net.Outputs, random, 1));
    }

    private static Tensor Draw(int rows, long columns, Random random, double factor)
    {
        var numbers = Enumerable.Range(0, rows * (int)columns).Select(_ => (float)(((random.NextDouble() * 2) - 1) * factor)).ToArray();
        using var flat = tensor(numbers);
        return flat.reshape(rows, columns);
    }
}
