using FineTuning.MiniLm;
using FineTuning.Training;
using LoraGen.Training.Tokens;
using Models.Bert;

namespace Samples.Models.Tests.FineTune;

/// <summary>MiniLM's architecture in a size that trains in no time, and texts of random tokens in two classes.</summary>
internal static class SmallClassifier
{
    public static BertConfig Config { get; } = new()
    {
        VocabSize = 29, HiddenSize = 16, IntermediateSize = 40, NumHiddenLayers = 3, NumAttentionHeads = 4, MaxPositionEmbeddings = 32,
    };

    public static MiniLmClassifier Create() => Make.Model(() => new MiniLmClassifier(new BertModel(Config, pooling: false), Config));

    /// <summary>Two batches to learn from, and one for the evaluations.</summary>
    public static SpamBatches Batches()
    {
        var random = new Random(2);
        var options = new PaddedBatchOptions { MaxLength = 8, BatchSize = 8, Seed = null };
        var evaluation = Batch(8, options);
        return new SpamBatches(Batch(16, options with { Seed = 3 }), evaluation, evaluation);

        ClassBatches Batch(int examples, PaddedBatchOptions batch)
        {
            return new ClassBatches(Enumerable.Range(0, examples).Select(index => new ClassifiedExample(Tokens(index % 2), index % 2)), batch);
        }

        int[] Tokens(int label) => [.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => random.Next(1, 15) + 14 * label)];
    }
}
