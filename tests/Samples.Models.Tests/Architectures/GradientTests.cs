using Models.Bert;
using Models.Layers;
using Models.Llama;
using Models.Qwen2;
using Samples.Models.Tests.Reference;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>Gradients of padded batches, against differences of the formulas in loops over doubles.</summary>
public sealed class GradientTests
{
    private const double Step = 1e-5;
    private const int Vocabulary = 13;

    // The second and the third row are padded, by two tokens and by four.
    private static readonly long[][] Ids = [[3, 1, 4, 1, 5], [0, 0, 9, 2, 6], [0, 0, 0, 0, 5]];
    private static readonly long[] Padded = [0, 2, 4];

    [Fact]
    public void Qwen2s_of_left_padded_rows_are_right()
    {
        var config = new Qwen2Config
        {
            VocabSize = Vocabulary, HiddenSize = 8, IntermediateSize = 12, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 4,
        };
        using var model = Make.Model(() => new Qwen2ForCausalLM(config));
        OfDecoder(model, weights => new PlainDecoder(weights, 2, 4, 2, 1e-6, PlainRope.Default(4, 10000)));
    }

    [Fact]
    public void Llamas_of_left_padded_rows_are_right()
    {
        var config = new LlamaConfig
        {
            VocabSize = Vocabulary, HiddenSize = 8, IntermediateSize = 12, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 4, HeadDim = 4,
            AttentionBias = true,
        };
        using var model = Make.Model(() => new LlamaForCausalLM(config));
        OfDecoder(model, weights => new PlainDecoder(weights, 2, 4, 4, 1e-6, PlainRope.Default(4, 10000)));
    }

    [Fact]
    public void Berts_of_padded_rows_are_right()
    {
        var config = new BertConfig
        {
            VocabSize = Vocabulary, HiddenSize = 9, IntermediateSize = 12, NumHiddenLayers = 2, NumAttentionHeads = 3, MaxPositionEmbeddings = 6, NumLabels = 3,
        };
        using var model = Make.Model(() => new BertForSequenceClassification(config));
        var plain = PlainTensor.Of(model);
        long[][] ids = [.. Ids.Select(row => row.Reverse().ToArray())];
        long[][] real = [.. Padded.Select(padding => Enumerable.Range(0, 5).Select(i => i < 5 - padding ? 1L : 0).ToArray())];
        var output = model.call(Make.Batch(ids), Make.Batch(real), zeros_like(Make.Batch(ids)));
        Holds(model, output, Weights(output, _ => 1), plain, () => ids.SelectMany((row, i) =>
            new PlainBert(plain, 2, 3, 1e-12, PlainMath.Gelu).Logits(row, [.. real[i].Select(one => one == 1)], new long[5])));
    }

    // The logits of the padding are no part of the loss: what a row that sees nothing adds to the scores is rounded away in the sum with the mask's lowest
    // number, yet autograd passes a gradient through that sum, in torch as in transformers, where a difference has none.
    private static void OfDecoder(
        nn.Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor> model, Func<IReadOnlyDictionary<string, PlainTensor>, PlainDecoder> decoder)
    {
        var plain = PlainTensor.Of(model);
        long[][] real = [.. Padded.Select(padding => Enumerable.Range(0, 5).Select(i => i < padding ? 0L : 1).ToArray())];
        var output = model.call(Make.Batch(Ids), Make.Batch(real), null, null);
        var weights = Weights(output, i => real[i / Vocabulary / 5][i / Vocabulary % 5]);
        Holds(model, output, weights, plain, () => Ids.SelectMany((row, i) =>
            decoder(plain).Logits(row, [.. real[i].Select(one => one == 1)], [0, 1, 2, 3, 4]).SelectMany(logits => logits)));
    }

    private static double[] Weights(Tensor output, Func<int, long> counts)
    {
        return [.. Enumerable.Range(0, (int)output.numel()).Select(i => counts(i) * Math.Cos(3 * i))];
    }

    private static void Holds(
        nn.Module model, Tensor output, double[] weights, IReadOnlyDictionary<string, PlainTensor> plain, Func<IEnumerable<double>> logits)
    {
        (output.flatten() * tensor(weights).to(ScalarType.Float32)).sum().backward();
        foreach (var (name, parameter) in model.named_parameters())
        {
            var gradient = parameter.grad!.contiguous().data<float>().ToArray();
            var values = plain[name].Values;
            foreach (var place in new[] { 0, gradient.Length / 3, gradient.Length / 2, gradient.Length - 1 }.Distinct())
            {
                var slope = (Loss(values, place, Step) - Loss(values, place, -Step)) / (2 * Step);
                Assert.True(Math.Abs(slope - gradient[place]) <= 1e-4 * (1 + Math.Abs(slope)), $"{name}, element {place}: expected {slope}, found {gradient[place]}");
            }
        }

        double Loss(double[] values, int place, double step)
        {
            var value = values[place];
            values[place] = value + step;
            var loss = logits().Zip(weights, (logit, weight) => logit * weight).Sum();
            values[place] = value;
            return loss;
        }
    }
}
