using FineTuning.MiniLm;
using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace FineTuning.Comparing;

/// <summary>How well a model finds the second half of a passage, given the first one.</summary>
internal static class Retrieval
{
    private const int MaxLength = 96;
    private const int Candidates = 10;

    /// <summary>The share of passages whose second half is the nearest to the first one among ten second halves, by the cosine of the embeddings.</summary>
    public static double Accuracy(MiniLmClassifier model, IReadOnlyList<Passage> passages)
    {
        model.eval();
        var first = Embeddings(model, [.. passages.Select(passage => passage.First)]);
        var second = Embeddings(model, [.. passages.Select(passage => passage.Second)]);
        return first.Select((embedding, i) => IsNearest(embedding, i, second) ? 1.0 : 0).Average();
    }

    private static bool IsNearest(float[] embedding, int own, float[][] all)
    {
        var group = own / Candidates * Candidates;
        var candidates = Enumerable.Range(group, Math.Min(Candidates, all.Length - group));
        return candidates.MaxBy(i => embedding.Zip(all[i], (one, other) => one * other).Sum()) == own;
    }

    // Of length 1, in the order of the texts.
    private static float[][] Embeddings(MiniLmClassifier model, IReadOnlyList<string> texts)
    {
        var tokenizer = MiniLmPackage.Tokenizer();
        var options = new PaddedBatchOptions { MaxLength = MaxLength, BatchSize = 32, KeptAtEnd = 1, Seed = null };
        var batches = new ClassBatches(texts.Select((text, i) => new ClassifiedExample(tokenizer.EncodeToIds(text).ToArray(), i)), options);
        var embeddings = new float[texts.Count][];
        using var noGrad = no_grad();
        foreach (var batch in batches.Epoch(0))
        {
            using (batch)
            {
                using var scope = NewDisposeScope();
                var (labels, states) = (batch.Labels.data<long>().ToArray(), model.Embed(batch.InputIds, batch.AttentionMask).data<float>().ToArray());
                foreach (var (label, state) in labels.Zip(states.Chunk(states.Length / labels.Length)))
                    embeddings[label] = Normalized(state);
            }
        }

        return embeddings;
    }

    private static float[] Normalized(float[] vector)
    {
        var norm = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / norm)];
    }
}
