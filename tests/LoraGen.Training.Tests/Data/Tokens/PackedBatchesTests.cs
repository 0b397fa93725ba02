using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Data.Tokens;

/// <summary>Packed documents are learned as if each were alone.</summary>
public sealed class PackedBatchesTests
{
    private const long No = TokenBatch.Ignored;

    [Fact]
    public void Documents_of_a_row_have_segments_and_positions_of_their_own()
    {
        TokenizedExample[] documents = [new((int[])[1, 2]), new((int[])[3, 4, 5], (bool[])[false, false, true]), new((int[])[6, 7, 8, 9])];
        var source = new PackedBatches(documents, new PackedBatchOptions { MaxLength = 6, BatchSize = 2, PaddingId = 0, Seed = null });

        using var batch = source.Epoch(0).Single();

        Assert.Equal([[1, 2, 6, 7, 8, 9], [3, 4, 5, 0, 0, 0]], batch.InputIds.Rows());
        Assert.Equal([[1, 1, 2, 2, 2, 2], [1, 1, 1, 0, 0, 0]], batch.SegmentIds!.Rows());
        Assert.Equal([[0, 1, 0, 1, 2, 3], [0, 1, 2, 0, 0, 0]], batch.PositionIds.Rows());
        Assert.Equal([[No, 2, No, 7, 8, 9], [No, No, 5, No, No, No]], batch.Labels.Rows());
        Assert.Equal([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]], batch.AttentionMask.Rows());
        Assert.Equal((9, 5), (batch.Tokens, batch.LearnedTokens));
        Assert.Equal(0.75, source.Density);
    }

    [Fact]
    public void The_mask_is_causal_and_block_diagonal()
    {
        var source = new PackedBatches(
            [new TokenizedExample((int[])[1, 2]), new TokenizedExample((int[])[3, 4])], new PackedBatchOptions { MaxLength = 5, Seed = null });
        using var batch = source.Epoch(0).Single();

        using var mask = batch.CausalMask();

        Assert.Equal([1, 1, 5, 5], mask.shape);
        using var numbers = mask[0, 0].to(ScalarType.Int64);
        Assert.Equal([[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 0, 1]], numbers.Rows());
    }

    /// <summary>A layer of attention with positions over the whole row gives each document the loss and the gradient that it has alone.</summary>
    [Fact]
    public void A_packed_loss_is_the_loss_of_the_documents_alone()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var embedding = randn([10, 8], requires_grad: true);
        var positions = randn([12, 8]);
        TokenizedExample[] documents = [.. new[] { 5, 3, 4, 6, 2 }.Select((length, index) => Example(length, index + 2))];
        var packed = new PackedBatches(documents, new PackedBatchOptions { MaxLength = 12, BatchSize = 8, Seed = null });
        var padded = new PaddedBatches(documents, new PaddedBatchOptions { MaxLength = 12, BatchSize = 1, Seed = null });

        var batch = packed.Epoch(0).Single();
        Assert.Equal(2, batch.InputIds.shape[0]);
        var together = batch.Loss(Logits(batch));
        var alone = padded.Epoch(0).Select(one => one.Loss(Logits(one)) * one.LearnedTokens).Aggregate((sum, loss) => sum + loss) / batch.LearnedTokens;

        Assert.Equal(alone.item<float>(), together.item<float>(), 1e-5f);
        var gradients = new[] { together, alone }.Select(loss => autograd.grad([loss], [embedding])[0]).ToArray();
        Assert.True((gradients[0] - gradients[1]).abs().max().item<float>() < 1e-5f);

        static TokenizedExample Example(int length, int factor) => new(Enumerable.Range(0, length).Select(token => (token * factor % 9) + 1).ToArray());

        Tensor Logits(TokenBatch one)
        {
            var hidden = (embedding[one.InputIds] + positions[one.PositionIds]).unsqueeze(1);
            var attended = nn.functional.scaled_dot_product_attention(hidden, hidden, hidden, one.CausalMask());
            return attended.squeeze(1).matmul(embedding.t());
        }
    }

    [Theory]
    [InlineData(LongDocuments.Split, 3, 0)]
    [InlineData(LongDocuments.Truncate, 1, 7)]
    public void Long_documents_are_split_or_truncated(LongDocuments way, int rows, long removed)
    {
        var source = new PackedBatches(
            [new TokenizedExample(Enumerable.Range(0, 11).ToArray())], new PackedBatchOptions { MaxLength = 4, LongDocuments = way, Seed = null });

        using var batch = source.Epoch(0).Single();

        Assert.Equal(rows, batch.InputIds.shape[0]);
        Assert.Equal(removed, source.Truncation.RemovedTokens);
        Assert.All(batch.PositionIds.Rows(), positions => Assert.Equal(0, positions[0]));
    }

    [Fact]
    public void Each_epoch_has_each_document_once_and_rows_never_overflow()
    {
        var documents = Enumerable.Range(0, 200).Select(index => new TokenizedExample(Enumerable.Repeat(index + 1, 2 + (index * 17 % 31)).ToArray())).ToList();
        var source = new PackedBatches(documents, new PackedBatchOptions { MaxLength = 64, BatchSize = 4 });

        var rows = source.Epoch(5).SelectMany(batch => batch.InputIds.Rows()).ToList();

        Assert.Equal(source.Rows, rows.Count);
        Assert.Equal(
            documents.Select((document, index) => (index + 1L, document.Length)).Order(),
            rows.SelectMany(row => row.Where(id => id != 0).GroupBy(id => id).Select(group => (group.Key, group.Count()))).Order());
        Assert.Equal((source.Rows + 3) / 4, source.BatchesPerEpoch);
        Assert.NotEqual(rows, source.Epoch(6).SelectMany(batch => batch.InputIds.Rows()));
        Assert.Equal(rows.Skip(8), source.Epoch(5, skip: 2).SelectMany(batch => batch.InputIds.Rows()));
        Assert.InRange(source.Density, 0.97, 1);
    }

    [Fact]
    public void Packing_takes_the_fewest_rows_where_that_is_easy_to_see()
    {
        // Their sum is 3 × 10, and three rows are possible; first fit in the given order takes four.
        var rows = Packing.BestFit([2, 5, 4, 7, 1, 3, 8], 10);

        Assert.Equal(3, rows.Count);
        Assert.Equal(Enumerable.Range(0, 7), rows.SelectMany(row => row).Order());
    }
}
