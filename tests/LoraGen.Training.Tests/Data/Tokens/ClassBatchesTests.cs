using LoraGen.Training.Tokens;

namespace LoraGen.Training.Tests.Data.Tokens;

/// <summary>Batches of texts with classes.</summary>
public sealed class ClassBatchesTests
{
    [Fact]
    public void A_batch_has_tokens_mask_and_classes()
    {
        ClassifiedExample[] examples = [new((int[])[101, 7, 8, 9, 102], 1), new((int[])[101, 102], 0), new((int[])[5], 2)];
        var source = new ClassBatches(examples, new PaddedBatchOptions { MaxLength = 4, KeptAtEnd = 1, Seed = null });

        using var batch = source.Epoch(0).Single();

        Assert.Equal([[101, 7, 8, 102], [101, 102, 0, 0], [5, 0, 0, 0]], batch.InputIds.Rows());
        Assert.Equal([[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 0, 0]], batch.AttentionMask.Rows());
        Assert.Equal([1, 0, 2], batch.Labels.data<long>().ToArray());
        Assert.Equal((3, 1, 1), (source.Truncation.Examples, source.Truncation.Truncated, source.Truncation.RemovedTokens));
    }

    [Fact]
    public void Classes_stay_with_their_texts_in_any_order()
    {
        var examples = Enumerable.Range(0, 50).Select(index => new ClassifiedExample((int[])[index, index + 1], index % 7)).ToList();
        var source = new ClassBatches(examples, new PaddedBatchOptions { MaxLength = 4, BatchSize = 8, BucketBatches = 2 });

        var pairs = source.Epoch(1).SelectMany(batch => batch.InputIds.Rows().Zip(batch.Labels.data<long>(), (row, label) => (row[0], label))).ToList();

        Assert.All(pairs, pair => Assert.Equal(pair.Item1 % 7, pair.label));
        Assert.Equal(Enumerable.Range(0, 50), pairs.Select(pair => (int)pair.Item1).Order());
    }

    [Fact]
    public void The_description_depends_on_the_classes()
    {
        var options = new PaddedBatchOptions { MaxLength = 4 };

        Assert.NotEqual(
            new ClassBatches([new ClassifiedExample((int[])[1], 0)], options).Description,
            new ClassBatches([new ClassifiedExample((int[])[1], 1)], options).Description);
        Assert.Throws<ArgumentException>(() => new ClassBatches([new ClassifiedExample((int[])[1], -1)], options));
    }
}
