using LoraGen.Training.Tokens;

namespace LoraGen.Training.Tests.Data.Tokens;

/// <summary>Streamed batches are those of the examples in memory, except for their order.</summary>
public sealed class StreamedBatchesTests
{
    private int _created;

    [Fact]
    public void In_the_order_of_the_data_they_are_the_batches_of_the_data_in_memory()
    {
        var options = new PaddedBatchOptions { MaxLength = 8, BatchSize = 4, Seed = null, PaddingId = 9 };
        var memory = new PaddedBatches(Examples(), options);
        var streamed = new StreamedBatches(Examples, "numbers", options);

        foreach (var (expected, actual) in memory.Epoch(0).Zip(streamed.Epoch(0)))
        {
            Assert.Equal(expected.InputIds.Rows(), actual.InputIds.Rows());
            Assert.Equal(expected.Labels.Rows(), actual.Labels.Rows());
            Assert.Equal(expected.LearnedTokens, actual.LearnedTokens);
        }

        Assert.Equal(memory.BatchesPerEpoch, streamed.Epoch(0).Count());
        Assert.Equal(memory.Truncation, streamed.Truncation);
        Assert.Null(streamed.BatchesPerEpoch);
    }

    [Fact]
    public void Each_epoch_has_an_order_of_its_own_and_can_be_resumed()
    {
        var streamed = new StreamedBatches(Examples, "numbers", new PaddedBatchOptions { MaxLength = 20, BatchSize = 4, BucketBatches = 2 }, buffer: 10);

        var first = Rows(streamed.Epoch(0));

        Assert.Equal(Enumerable.Range(0, 50), first.SelectMany(batch => batch).Order());
        Assert.Equal(first, Rows(streamed.Epoch(0)));
        Assert.NotEqual(first, Rows(streamed.Epoch(1)));
        Assert.Equal(first.Skip(7), Rows(streamed.Epoch(0, skip: 7)));
    }

    [Fact]
    public void Examples_are_created_as_they_are_needed()
    {
        var streamed = new StreamedBatches(Examples, "numbers", new PaddedBatchOptions { MaxLength = 20, BatchSize = 4 }, buffer: 10);

        using var batch = streamed.Epoch(0).First();

        // Four were drawn from a full buffer, each replaced with the next example.
        Assert.InRange(_created, 13, 15);
    }

    [Fact]
    public void The_description_has_the_name_of_the_data()
    {
        var options = new PaddedBatchOptions { MaxLength = 20 };

        Assert.NotEqual(new StreamedBatches(Examples, "a", options).Description, new StreamedBatches(Examples, "b", options).Description);
        Assert.NotEqual(new StreamedBatches(Examples, "a", options).Description, new StreamedBatches(Examples, "a", options, buffer: 5).Description);
        Assert.Throws<ArgumentException>(() => new StreamedBatches(Examples, string.Empty, options));
    }

    private static List<int[]> Rows(IEnumerable<TokenBatch> batches)
    {
        return [.. batches.Select(batch => batch.InputIds.Rows().Select(row => (int)row[0]).ToArray())];
    }

    private IEnumerable<TokenizedExample> Examples()
    {
        for (var index = 0; index < 50; index++)
        {
            _created++;
            yield return new TokenizedExample(Enumerable.Range(index, 2 + (index * 7 % 11)).ToArray());
        }
    }
}
