using Models.Configs;
using Models.Layers;
using Models.Llama;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>With a cache as without, and padded as alone.</summary>
public sealed class CacheTests
{
    private const long Vocabulary = 41;
    private const double Tolerance = 1e-5;

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var seed in Enumerable.Range(0, 12))
            {
                cases.Add("qwen2", seed);
                cases.Add("llama", seed);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_text_in_parts_has_the_logits_of_the_whole(string architecture, int seed)
    {
        var random = new Random(seed);
        using var noGrad = no_grad();
        using var model = Model(architecture);
        var ids = Make.Batch(Make.Ids(random, 1 + random.Next(25), Vocabulary));

        Expect.Close(model.call(ids, null, null, null), InParts(model, ids, null, random), Tolerance);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Rows_padded_on_the_left_have_the_logits_they_have_alone(string architecture, int seed)
    {
        var random = new Random(seed);
        using var noGrad = no_grad();
        using var model = Model(architecture);
        var lengths = Enumerable.Range(0, 3).Select(_ => 1 + random.Next(12)).ToArray();
        var width = lengths.Max();
        var rows = lengths.Select(length => Make.Ids(random, length, Vocabulary)).ToArray();
        var ids = Make.Batch([.. rows.Select(row => (long[])[.. Make.Ids(random, width - row.Length, Vocabulary), .. row])]);
        var mask = Make.Batch([.. rows.Select(row => Enumerable.Range(0, width).Select(i => i < width - row.Length ? 0L : 1L).ToArray())]);

        var whole = model.call(ids, mask, TokenPositions.Of(mask, width), null);
        var inParts = InParts(model, ids, mask, random);
        for (var i = 0; i < rows.Length; i++)
        {
            var alone = model.call(Make.Batch(rows[i]), null, null, null)[0];
            Expect.Close(alone, whole[i].narrow(0, width - rows[i].Length, rows[i].Length), Tolerance, "Padded");
            Expect.Close(alone, inParts[i].narrow(0, width - rows[i].Length, rows[i].Length), Tolerance, "Padded, with a cache");
        }
    }

    /// <summary>What transformers' generate gives to the model: <c>cumsum(mask) - 1</c>, and 1 where there is padding.</summary>
    [Theory]
    [InlineData(4, new long[] { 1, 1, 0, 1 })]
    [InlineData(2, new long[] { 0, 1 })]
    public void Positions_count_from_the_first_real_token(long tokens, long[] expected)
    {
        Assert.Equal(expected, TokenPositions.Of(Make.Batch([0L, 0, 1, 1]), tokens).data<long>().ToArray());
    }

    /// <summary>The loop of docs/models.md, for two texts at once.</summary>
    [Theory, InlineData("qwen2"), InlineData("llama")]
    public void Generated_tokens_are_those_of_full_recomputation(string architecture)
    {
        using var noGrad = no_grad();
        using var model = Model(architecture);
        var prompt = Make.Batch([3, 1, 4, 1, 5], [9, 2, 6, 5, 3]);
        var expected = prompt;
        for (var i = 0; i < 8; i++)
            expected = cat([expected, model.call(expected, null, null, null)[.., -1].argmax(-1, keepdim: true)], 1);

        var text = prompt;
        using var cache = new KeyValueCache();
        var logits = model.call(prompt, null, null, cache);
        for (var i = 0; i < 8; i++)
        {
            using var scope = NewDisposeScope();
            var next = logits[.., -1].argmax(-1, keepdim: true);
            text = cat([text, next], 1).MoveToOuterDisposeScope();
            logits = model.call(next, null, null, cache).MoveToOuterDisposeScope();
        }

        Assert.Equal(expected.data<long>().ToArray(), text.data<long>().ToArray());
    }

    [Fact]
    public void A_mask_of_another_length_is_refused()
    {
        using var model = Model("qwen2");
        var error = Assert.Throws<ArgumentException>(() => model.call(Make.Batch([1, 2, 3]), ones(1, 2), null, null));
        Assert.StartsWith("The attention mask is [1, 2], expected [1, 3]", error.Message, StringComparison.Ordinal);
    }

    // In random parts, each computed with the cache of those before it.
    private static Tensor InParts(nn.Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor> model, Tensor ids, Tensor? mask, Random random)
    {
        using var cache = new KeyValueCache();
        var logits = new List<Tensor>();
        while (cache.Length < ids.shape[1])
        {
            var start = cache.Length;
            var count = 1 + random.NextInt64(Math.Min(4, ids.shape[1] - start));
            var soFar = mask?.narrow(1, 0, start + count);
            logits.Add(model.call(ids.narrow(1, start, count), soFar, soFar is null ? null : TokenPositions.Of(soFar, count), cache));
            Assert.Equal(start + count, cache.Length);
        }

        return cat(logits, 1);
    }

    private static nn.Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor> Model(string architecture)
    {
        if (architecture == "qwen2")
        {
            return Make.Model(() => new Qwen2ForCausalLM(new Qwen2Config
            {
                VocabSize = Vocabulary, HiddenSize = 16, IntermediateSize = 24, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 4,
            }));
        }

        return Make.Model(() => new LlamaForCausalLM(new LlamaConfig
        {
            VocabSize = Vocabulary, HiddenSize = 16, IntermediateSize = 24, NumHiddenLayers = 2, NumAttentionHeads = 2, NumKeyValueHeads = 1, HeadDim = 10,
            TieWordEmbeddings = true, RopeScaling = new Llama3RopeScaling(8, 1, 4, 16),
        }));
    }
}
