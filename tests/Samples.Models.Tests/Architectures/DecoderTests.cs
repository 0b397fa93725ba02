using Models.Configs;
using Models.Layers;
using Models.Llama;
using Models.Qwen2;
using Samples.Models.Tests.Goldens;
using Samples.Models.Tests.Reference;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>The decoders against their formulas in loops over doubles, which are themselves held against transformers.</summary>
public sealed class DecoderTests
{
    private const double Tolerance = 2e-5;
    private static readonly Random Random = new(5);

    [Theory]
    [InlineData("qwen2_lora"), InlineData("qwen2_lora_leftpad")]
    public void The_loops_compute_what_transformers_does(string name)
    {
        var golden = new Qwen2Golden(name);
        using var model = Qwen2Golden.Model();
        var plain = new PlainDecoder(PlainTensor.Of(model), Layers: 2, Heads: 4, KeyHeads: 2, Epsilon: 1e-6, PlainRope.Default(16, 10000));
        for (var row = 0; row < 2; row++)
        {
            var ids = golden.Ids[row].data<long>().ToArray();
            var real = golden.AttentionMask[row].data<long>().Select(value => value != 0).ToArray();
            var logits = plain.Logits(ids, real, [.. Enumerable.Range(0, ids.Length).Select(i => (long)i)]);
            Expect.Close(golden.Expected("output_disabled")[row], Make.Batch(logits), Tolerance);
        }
    }

    [Theory]
    [InlineData(4, 4, 8, false), InlineData(4, 2, 8, true), InlineData(6, 1, 4, false), InlineData(2, 2, 24, true)]
    public void Qwen2_computes_its_formula(int heads, int keyHeads, int headSize, bool isTied)
    {
        var config = new Qwen2Config
        {
            VocabSize = 37, HiddenSize = 20, IntermediateSize = 28, NumHiddenLayers = 3, NumAttentionHeads = heads, NumKeyValueHeads = keyHeads,
            HeadDim = headSize, RmsNormEps = 1e-5, RopeTheta = 1000, TieWordEmbeddings = isTied,
        };
        using var model = Make.Model(() => new Qwen2ForCausalLM(config));
        Assert.Equal(isTied, !model.state_dict().ContainsKey("lm_head.weight"));
        Holds(model, new PlainDecoder(PlainTensor.Of(model), 3, heads, keyHeads, 1e-5, PlainRope.Default(headSize, 1000)));
    }

    [Theory]
    [InlineData(4, 4, 8, false, false), InlineData(4, 2, 8, true, true), InlineData(6, 1, 4, false, true), InlineData(2, 2, 24, true, false)]
    public void Llama_computes_its_formula(int heads, int keyHeads, int headSize, bool isTied, bool hasBias)
    {
        var config = new LlamaConfig
        {
            VocabSize = 37, HiddenSize = 20, IntermediateSize = 28, NumHiddenLayers = 3, NumAttentionHeads = heads, NumKeyValueHeads = keyHeads,
            HeadDim = headSize, AttentionBias = hasBias, MlpBias = hasBias, RmsNormEps = 1e-5, RopeTheta = 500, TieWordEmbeddings = isTied,
            RopeScaling = new Llama3RopeScaling(8, 1, 4, 30),
        };
        using var model = Make.Model(() => new LlamaForCausalLM(config));
        Assert.Equal(hasBias, model.state_dict().ContainsKey("model.layers.0.self_attn.o_proj.bias"));
        Holds(model, new PlainDecoder(PlainTensor.Of(model), 3, heads, keyHeads, 1e-5, PlainRope.Llama3(headSize, 500, 8, 1, 4, 30)));
    }

    private static void Holds(nn.Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor> model, PlainDecoder plain)
    {
        foreach (var length in (int[])[1, 2, 7, 13])
        {
            var ids = Make.Ids(Random, length, 37);
            var positions = ids.Select((_, i) => i + Random.NextInt64(4)).ToArray();
            var logits = plain.Logits(ids, [.. ids.Select(_ => true)], positions);
            Expect.Close(Make.Batch(logits), model.call(Make.Batch(ids), null, Make.Batch(positions), null)[0], Tolerance);
        }
    }
}
