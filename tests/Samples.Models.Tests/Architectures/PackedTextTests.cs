using LoraGen.Training.Tokens;
using Models.Layers;
using Models.Llama;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>Several texts in a row, which the mask and the positions keep apart.</summary>
public sealed class PackedTextTests
{
    private static readonly int[][] Texts = [[5, 9, 2, 6, 5], [3, 5, 8], [9, 7], [9, 3, 2, 3, 8, 4, 6]];

    [Theory, InlineData(true), InlineData(false)]
    public void They_have_the_logits_that_they_have_alone(bool isQwen2)
    {
        using var model = isQwen2 ? Qwen2() : Llama();
        using var noGrad = no_grad();
        var batches = new PackedBatches(
            Texts.Select(text => new TokenizedExample(text)), new PackedBatchOptions { MaxLength = 11, Seed = null });
        using var batch = Assert.Single(batches.Epoch(0));
        var logits = model.call(batch.InputIds, batch.CausalMask(), batch.PositionIds, null);
        var withoutMask = model.call(batch.InputIds, batch.AttentionMask, batch.PositionIds, null);

        var found = 0;
        foreach (var text in Texts)
        {
            var alone = model.call(Make.Batch(text.Select(id => (long)id).ToArray()), null, null, null)[0];
            var (row, start) = Place(batch, text);
            Expect.Close(alone, logits[row].narrow(0, start, text.Length));
            if (start > 0)
                Expect.Differ(alone, withoutMask[row].narrow(0, start, text.Length));
            found += start > 0 ? 1 : 0;
        }

        Assert.Equal(2, found);
    }

    [Fact]
    public void A_mask_of_another_shape_is_refused()
    {
        using var model = Qwen2();
        var error = Assert.Throws<ArgumentException>(() => model.call(Make.Batch([1L, 2, 3]), ones(1, 1, 3, 2), null, null));
        Assert.StartsWith("The attention mask is [1, 1, 3, 2], expected [1, 3]: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("or [1, 1, 3, 3].", error.Message, StringComparison.Ordinal);
    }

    private static (long Row, long Start) Place(TokenBatch batch, int[] text)
    {
        var (rows, length) = (batch.InputIds.shape[0], batch.InputIds.shape[1]);
        var (ids, positions) = (batch.InputIds.data<long>().ToArray(), batch.PositionIds.data<long>().ToArray());
        for (var start = 0; start < rows * length; start++)
        {
            if (positions[start] == 0 && ids.Skip(start).Take(text.Length).SequenceEqual(text.Select(id => (long)id)))
                return (start / length, start % length);
        }

        throw new InvalidOperationException("The text is in no row.");
    }

    private static nn.Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor> Qwen2() => Make.Model(() => new Qwen2ForCausalLM(new Qwen2Config
    {
        VocabSize = 11, HiddenSize = 16, IntermediateSize = 24, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 4,
    }));

    private static nn.Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor> Llama() => Make.Model(() => new LlamaForCausalLM(new LlamaConfig
    {
        VocabSize = 11, HiddenSize = 16, IntermediateSize = 24, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 4,
    }));
}
