using Models.Bert;
using Samples.Models.Tests.Reference;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

public sealed class BertTests
{
    private static readonly Random Random = new(9);

    [Theory]
    [InlineData("gelu"), InlineData("gelu_new"), InlineData("relu")]
    public void It_computes_its_formula(string activation)
    {
        using var model = Make.Model(() => new BertForSequenceClassification(Config(activation)));
        var plain = new PlainBert(PlainTensor.Of(model), Layers: 2, Heads: 3, Epsilon: 1e-12, activation switch
        {
            "gelu" => PlainMath.Gelu,
            "gelu_new" => PlainMath.GeluByTanh,
            _ => static x => Math.Max(x, 0),
        });

        foreach (var length in (int[])[1, 4, 11])
        {
            long[][] ids = [Make.Ids(Random, length, 29), Make.Ids(Random, length, 29)];
            long[][] types = [Make.Ids(Random, length, 2), Make.Ids(Random, length, 2)];
            // The second row has padding at its end.
            long[][] real = [[.. ids[0].Select(_ => 1L)], [.. ids[1].Select((_, i) => i < (length + 1) / 2 ? 1L : 0L)]];

            var logits = ids.Select((row, i) => plain.Logits(row, [.. real[i].Select(one => one == 1)], types[i])).ToArray();
            Expect.Close(Make.Batch(logits), model.call(Make.Batch(ids), Make.Batch(real), Make.Batch(types)), 1e-5);
        }
    }

    [Fact]
    public void Without_a_mask_and_types_everything_is_real_and_of_the_first_text()
    {
        using var model = Make.Model(() => new BertForSequenceClassification(Config("gelu")));
        var ids = Make.Batch([3, 1, 4, 1], [5, 9, 2, 6]);

        Expect.Close(model.call(ids, ones_like(ids), zeros_like(ids)), model.call(ids, null, null), 0);
    }

    private static BertConfig Config(string activation) => new()
    {
        VocabSize = 29, HiddenSize = 18, IntermediateSize = 40, NumHiddenLayers = 2, NumAttentionHeads = 3, MaxPositionEmbeddings = 16, HiddenAct = activation,
        NumLabels = 4,
    };
}
