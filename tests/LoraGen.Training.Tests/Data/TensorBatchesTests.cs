using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Data;

public sealed class TensorBatchesTests : IDisposable
{
    private readonly Tensor _inputs = arange(20, ScalarType.Float32).view(10, 2);
    private readonly Tensor _targets = arange(10, ScalarType.Int64);

    public void Dispose()
    {
        _inputs.Dispose();
        _targets.Dispose();
    }

    [Theory, InlineData(0L), InlineData(7L), InlineData(null)]
    public void An_epoch_has_each_row_once_with_its_target(long? seed)
    {
        var batches = new TensorBatches(_inputs, _targets, 4, seed);
        Assert.Equal(3, batches.BatchesPerEpoch);
        var rows = Rows(batches, 0).ToArray();
        Assert.Equal([4, 4, 2], batches.Epoch(0).Select(batch => (int)batch.Rows));
        Assert.All(rows, row => Assert.Equal([2f * row.Target, (2f * row.Target) + 1], row.Inputs));
        Assert.Equal(Enumerable.Range(0, 10).Select(row => (long)row), rows.Select(row => row.Target).Order());
        Assert.Equal(seed is null, rows.Select(row => row.Target).SequenceEqual(rows.Select(row => row.Target).Order()));
    }

    [Fact]
    public void The_order_is_a_function_of_seed_and_epoch_and_continues_in_the_middle()
    {
        var batches = new TensorBatches(_inputs, _targets, 3, seed: 1);
        Assert.Equal(Targets(batches, 4), Targets(new TensorBatches(_inputs, _targets, 3, seed: 1), 4));
        Assert.NotEqual(Targets(batches, 4), Targets(batches, 5));
        Assert.NotEqual(Targets(batches, 4), Targets(new TensorBatches(_inputs, _targets, 3, seed: 2), 4));
        Assert.Equal(Targets(batches, 4)[6..], Targets(batches, 4, skip: 2));
    }

    [Fact]
    public void The_description_has_the_values_the_size_and_the_seed()
    {
        using var others = _inputs + 1;
        string[] descriptions =
        [
            new TensorBatches(_inputs, _targets, 3).Description,
            new TensorBatches(others, _targets, 3).Description,
            new TensorBatches(_inputs, others, 3).Description,
            new TensorBatches(_inputs, _targets, 4).Description,
            new TensorBatches(_inputs, _targets, 3, seed: 1).Description,
            new TensorBatches(_inputs, _targets, 3, seed: null).Description,
        ];
        Assert.Equal(descriptions.Length, descriptions.Distinct().Count());
        using var copy = _inputs.t().contiguous().t();
        Assert.Equal(descriptions[0], new TensorBatches(copy, _targets, 3).Description);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using var fewer = _targets.narrow(0, 0, 9);
        using var number = tensor(1f);
        Assert.Contains("targets has 9 rows and inputs 10", Assert.Throws<ArgumentException>(() => new TensorBatches(_inputs, fewer, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("inputs has no rows", Assert.Throws<ArgumentException>(() => new TensorBatches(number, _targets, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBatches(_inputs, _targets, 0));
    }

    private static long[] Targets(TensorBatches batches, long epoch, long skip = 0) => [.. Rows(batches, epoch, skip).Select(row => row.Target)];

    private static IEnumerable<(float[] Inputs, long Target)> Rows(TensorBatches batches, long epoch, long skip = 0)
    {
        foreach (var batch in batches.Epoch(epoch, skip))
        {
            using (batch)
            {
                foreach (var pair in batch.Inputs.data<float>().ToArray().Chunk(2).Zip(batch.Targets.data<long>().ToArray()))
                    yield return pair;
            }
        }
    }
}
