using LoraGen;
using Models.Bert;
using Models.Layers;
using Models.Llama;
using Models.Qwen2;
using Samples.Models.Tests.Reference;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>Virtual tokens in the samples' models: with a cache as without, and where BERT pools.</summary>
public sealed class VirtualTokenTests
{
    private const long Vocabulary = 41;
    private const double Tolerance = 1e-5;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var model in (string[])["qwen2", "llama"])
            {
                foreach (var adapters in (string[])["prompt", "prefix", "both"])
                    cases.Add(model, adapters);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Generated_tokens_are_those_of_full_recomputation(string architecture, string adapters)
    {
        using var noGrad = no_grad();
        using var model = Model(architecture);
        using var attached = Attach(model, adapters);
        var prompt = Make.Batch([3, 1, 4, 1, 5], [9, 2, 6, 5, 3]);
        var text = prompt;
        using var cache = new KeyValueCache();
        var given = prompt;
        for (var i = 0; i < 6; i++)
        {
            var whole = model.call(text, null, null, null)[.., -1];
            Expect.Close(whole, model.call(given, null, null, cache)[.., -1], Tolerance);
            given = whole.argmax(-1, keepdim: true);
            text = cat([text, given], 1);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Rows_padded_on_the_left_have_the_logits_they_have_alone(string architecture, string adapters)
    {
        using var noGrad = no_grad();
        using var model = Model(architecture);
        using var attached = Attach(model, adapters);
        var ids = Make.Batch([7, 7, 7, 3, 1], [9, 2, 6, 5, 3]);
        var mask = Make.Batch([0, 0, 0, 1, 1], [1L, 1, 1, 1, 1]);
        var positions = TokenPositions.Of(mask, 5);
        var whole = model.call(ids, mask, positions, null);

        Expect.Close(model.call(Make.Batch([3L, 1]), null, null, null)[0, -1], whole[0, -1], Tolerance);
        Expect.Close(model.call(ids[1].unsqueeze(0), null, null, null)[0], whole[1], Tolerance);

        // In two parts with a cache.
        using var cache = new KeyValueCache();
        model.call(ids.narrow(1, 0, 4), mask.narrow(1, 0, 4), positions.narrow(1, 0, 4), cache);
        Expect.Close(whole[.., -1], model.call(ids.narrow(1, 4, 1), mask, positions.narrow(1, 4, 1), cache)[.., -1], Tolerance);
    }

    [Fact]
    public void A_prefix_is_what_a_cache_with_its_keys_and_values_is()
    {
        using var noGrad = no_grad();
        using var model = (LlamaForCausalLM)Model("llama");
        using var prefix = model.AttachPrefixTuning();
        var ids = Make.Batch([3, 1, 4], [9L, 2, 6]);
        var expected = model.call(ids, null, null, null);
        prefix.IsActive = false;

        using var cache = new KeyValueCache();
        var table = prefix.Tokens().view(2, 4, 1, 10);
        for (var layer = 0; layer < 2; layer++)
            cache.Append(layer, Part(2 * layer), Part((2 * layer) + 1));
        Expect.Close(expected, model.call(ids, null, null, cache), Tolerance);

        Tensor Part(int index) => table.select(1, index).permute(1, 0, 2).unsqueeze(0).expand(2, 1, 2, 10);
    }

    [Fact]
    public void Llamas_start_from_its_vocabulary()
    {
        using var model = (LlamaForCausalLM)Model("llama");
        using var prompt = model.AttachPromptTuning();
        prompt.StartFrom(7, 8, 9);
        using var noGrad = no_grad();
        var ids = Make.Batch([3L, 1]);
        var with = model.call(ids, null, null, null);
        prompt.IsActive = false;
        Expect.Close(model.call(Make.Batch([7, 8, 9, 3L, 1]), null, null, null), with, Tolerance);
    }

    [Fact]
    public void Bert_pools_the_first_token_of_the_text()
    {
        using var model = Make.Model(() => new BertForSequenceClassification(Config));
        using var prompt = model.AttachPromptTuning();
        prompt.StartFrom(7, 8, 9);
        var plain = Plain(model);
        long[][] ids = [[3, 1, 4, 1], [5, 9, 2, 6]];
        long[][] types = [[0, 0, 1, 1], [0, 1, 1, 0]];
        long[][] real = [[1, 1, 1, 1], [1, 1, 0, 0]];

        // Virtual tokens have type 0 and the first positions.
        var expected = ids.Select((row, i) => plain.Logits(
            [7, 8, 9, .. row], [true, true, true, .. real[i].Select(one => one == 1)], [0, 0, 0, .. types[i]], pooled: 3)).ToArray();
        Expect.Close(Make.Batch(expected), model.call(Make.Batch(ids), Make.Batch(real), Make.Batch(types)), Tolerance);
    }

    [Fact]
    public void A_prefix_of_Bert_acts_and_is_trained()
    {
        using var model = Make.Model(() => new BertForSequenceClassification(Config));
        var ids = Make.Batch([3, 1, 4, 1], [5, 9, 2, 6]);
        var before = model.call(ids, null, null);
        using var prefix = model.AttachPrefixTuning();
        var after = model.call(ids, null, null);
        after.pow(2).sum().backward();

        Assert.Equal(before.shape, after.shape);
        Assert.NotEqual(Expect.Bytes(before.detach()), Expect.Bytes(after.detach()));
        Assert.NotEqual(0, prefix.Parameters()[0].grad!.count_nonzero().item<long>());
    }

    [Fact]
    public void Berts_maximum_counts_virtual_tokens()
    {
        using var model = Make.Model(() => new BertForSequenceClassification(Config));
        using var prompt = model.AttachPromptTuning();
        model.call(ones([1, 13], ScalarType.Int64), null, null);
        Assert.Contains(
            "can process 16 tokens, but there are 17 with 3 virtual ones",
            Assert.Throws<InvalidOperationException>(() => model.call(ones([1, 14], ScalarType.Int64), null, null)).Message,
            StringComparison.Ordinal);
    }

    private static BertConfig Config { get; } = new()
    {
        VocabSize = 29, HiddenSize = 18, IntermediateSize = 40, NumHiddenLayers = 2, NumAttentionHeads = 3, MaxPositionEmbeddings = 16, NumLabels = 4,
    };

    private static PlainBert Plain(BertForSequenceClassification model) =>
        new(PlainTensor.Of(model), Layers: 2, Heads: 3, Epsilon: 1e-12, PlainMath.Gelu);

    private static AttachedAdapters Attach(nn.Module model, string adapters)
    {
        var attached = new AttachedAdapters();
        if (adapters != "prefix")
            attached.Add(model is Qwen2ForCausalLM qwen ? qwen.AttachPromptTuning() : ((LlamaForCausalLM)model).AttachPromptTuning());
        if (adapters != "prompt")
        {
            attached.Add(model is Qwen2ForCausalLM qwen
                ? qwen.AttachProjectedPrefixTuning()
                : ((LlamaForCausalLM)model).AttachPrefixTuning(name: "prefix"));
        }

        return attached;
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
            TieWordEmbeddings = true,
        }));
    }

    private sealed class AttachedAdapters : List<AdapterBase>, IDisposable
    {
        public void Dispose() => ForEach(adapter => adapter.Dispose());
    }
}
