using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Data.Tokens;

/// <summary>Padding, masks, labels, truncation and order of batches with a row per example.</summary>
public sealed class PaddedBatchesTests
{
    private const long No = TokenBatch.Ignored;

    [Fact]
    public void A_batch_has_tokens_mask_labels_and_positions()
    {
        TokenizedExample[] examples =
        [
            new((int[])[5, 6, 7, 8], (bool[])[false, false, true, true]),
            new((int[])[9, 10]),
        ];
        var source = new PaddedBatches(examples, new PaddedBatchOptions { MaxLength = 10, BatchSize = 2, PaddingId = 3, Seed = null });

        using var batch = Assert.Single(source.Epoch(0));

        Assert.Equal([[5, 6, 7, 8], [9, 10, 3, 3]], batch.InputIds.Rows());
        Assert.Equal([[1, 1, 1, 1], [1, 1, 0, 0]], batch.AttentionMask.Rows());
        Assert.Equal([[No, No, 7, 8], [No, 10, No, No]], batch.Labels.Rows());
        Assert.Equal([[0, 1, 2, 3], [0, 1, 0, 0]], batch.PositionIds.Rows());
        Assert.Null(batch.SegmentIds);
        Assert.Equal((6, 3), (batch.Tokens, batch.LearnedTokens));
    }

    [Theory]
    [InlineData(3, 1, 3)]
    [InlineData(3, 4, 4)]
    [InlineData(4, 4, 4)]
    [InlineData(9, 8, 10)]
    public void The_length_is_a_multiple_within_the_largest_length(int tokens, int multiple, int length)
    {
        var source = new PaddedBatches([Example(tokens)], new PaddedBatchOptions { MaxLength = 10, PadToMultipleOf = multiple });

        using var batch = source.Epoch(0).Single();

        Assert.Equal([1, length], batch.InputIds.shape);
    }

    [Theory]
    [InlineData(TruncationSide.End, 0, new[] { 100L, 101, 102 })]
    [InlineData(TruncationSide.End, 1, new[] { 100L, 101, 104 })]
    [InlineData(TruncationSide.Beginning, 0, new[] { 102L, 103, 104 })]
    public void Truncation_is_counted(TruncationSide side, int kept, long[] expected)
    {
        TokenizedExample answered = new((int[])[1, 2, 3, 4], (bool[])[false, false, false, true]);
        TokenizedExample[] examples = [Example(5), answered, Example(2)];
        var source = new PaddedBatches(
            examples, new PaddedBatchOptions { MaxLength = 3, BatchSize = 1, Truncation = side, KeptAtEnd = kept, Seed = null });

        using var first = source.Epoch(0).First();

        Assert.Equal(expected, first.InputIds.Rows()[0]);
        // The answer of the second example is lost if its end is: nothing is left to learn.
        var lost = side == TruncationSide.End && kept == 0;
        Assert.Equal(new TruncationReport(3, 11, 2, 3, lost ? 3 : 2, lost ? 1 : 0, 5), source.Truncation);
        Assert.Equal(lost ? 2 : 3, source.BatchesPerEpoch);
    }

    [Fact]
    public void Each_epoch_has_each_example_once_in_an_order_of_its_own()
    {
        var source = new PaddedBatches(Enumerable.Range(0, 23).Select(index => Marked(index, 4)), new PaddedBatchOptions { MaxLength = 8, BatchSize = 4 });

        var first = Marks(source.Epoch(0));

        Assert.Equal(6, source.BatchesPerEpoch);
        Assert.Equal([4, 4, 4, 4, 4, 3], first.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 23), first.SelectMany(batch => batch).Order());
        Assert.Equal(first, Marks(source.Epoch(0)));
        Assert.NotEqual(first, Marks(source.Epoch(1)));
        Assert.Equal(first.Skip(4), Marks(source.Epoch(0, skip: 4)));
    }

    [Fact]
    public void A_smaller_last_batch_can_be_dropped()
    {
        var source = new PaddedBatches(
            Enumerable.Range(0, 23).Select(index => Marked(index, 4)), new PaddedBatchOptions { MaxLength = 8, BatchSize = 4, DropLast = true });

        Assert.Equal(5, source.BatchesPerEpoch);
        Assert.All(Marks(source.Epoch(0)), batch => Assert.Equal(4, batch.Length));
    }

    [Fact]
    public void Buckets_reduce_padding_and_keep_all_examples()
    {
        var examples = Enumerable.Range(0, 64).Select(index => Marked(index, 2 + (index * 37 % 29))).ToList();
        var options = new PaddedBatchOptions { MaxLength = 64, BatchSize = 4 };
        var plain = new PaddedBatches(examples, options);
        var bucketed = new PaddedBatches(examples, options with { BucketBatches = 8 });

        Assert.True(Padding(bucketed) * 2 < Padding(plain), $"{Padding(bucketed)} of padding in buckets, {Padding(plain)} without.");
        Assert.Equal(Enumerable.Range(0, 64), Marks(bucketed.Epoch(3)).SelectMany(batch => batch).Order());
        Assert.NotEqual(Marks(bucketed.Epoch(0)), Marks(bucketed.Epoch(1)));
        var lengths = bucketed.Epoch(0).Select(batch => batch.InputIds.shape[1]).ToList();
        Assert.NotEqual(lengths.Order(), lengths);
    }

    [Fact]
    public void The_description_depends_on_data_and_options()
    {
        var options = new PaddedBatchOptions { MaxLength = 8 };
        string[] descriptions =
        [
            new PaddedBatches([Example(3)], options).Description,
            new PaddedBatches([Example(4)], options).Description,
            new PaddedBatches([new TokenizedExample((int[])[100, 101, 102], (bool[])[true, true, false])], options).Description,
            new PaddedBatches([Example(3)], options with { Seed = 1 }).Description,
            new PaddedBatches([Example(3)], options with { MaxLength = 9 }).Description,
        ];

        Assert.Distinct(descriptions);
        Assert.Equal(descriptions[0], new PaddedBatches([Example(3)], options with { Device = META }).Description);
    }

    [Fact]
    public void A_batch_owns_its_tensors()
    {
        var source = new PaddedBatches([Example(3)], new PaddedBatchOptions { MaxLength = 8 });
        TokenBatch batch;
        using (NewDisposeScope())
            batch = source.Epoch(0).Single();

        Assert.Equal([[100, 101, 102]], batch.InputIds.Rows());
        batch.Dispose();
        Assert.True(batch.InputIds.IsInvalid && batch.Labels.IsInvalid && batch.AttentionMask.IsInvalid && batch.PositionIds.IsInvalid);
    }

    [Fact]
    public void Nothing_to_learn_is_an_error()
    {
        var options = new PaddedBatchOptions { MaxLength = 8 };

        Assert.Throws<ArgumentException>(() => new PaddedBatches([new TokenizedExample((int[])[1, 2], (bool[])[true, false])], options));
        Assert.Throws<ArgumentException>(() => new PaddedBatches([], options));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PaddedBatches([Example(3)], new PaddedBatchOptions { MaxLength = 1 }));
    }

    private static TokenizedExample Example(int length) => Marked(100, length);

    // The first token says which example it is.
    private static TokenizedExample Marked(int mark, int length) => new(Enumerable.Range(mark, length).ToArray());

    private static List<int[]> Marks(IEnumerable<TokenBatch> batches)
    {
        return [.. batches.Select(batch => batch.InputIds.Rows().Select(row => (int)row[0]).ToArray())];
    }

    private static long Padding(PaddedBatches source) => source.Epoch(0).Sum(batch => batch.InputIds.numel() - batch.Tokens);
}
