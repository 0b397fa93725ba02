using static Samples.Models.Tests.Reference.PlainMath;

namespace Samples.Models.Tests.Reference;

/// <summary>BERT with its classification head, written out.</summary>
internal sealed record PlainBert(IReadOnlyDictionary<string, PlainTensor> Weights, int Layers, int Heads, double Epsilon, Func<double, double> Activation)
{
    /// <summary>One text to the logits of its classes, from the state at the index <paramref name="pooled"/>.</summary>
    public double[] Logits(long[] ids, bool[] real, long[] types, int pooled = 0)
    {
        const string embeddings = "bert.embeddings.";
        var hidden = ids.Select((id, i) => Norm(embeddings, Add(
            Weights[embeddings + "word_embeddings.weight"].Row(id),
            Add(Weights[embeddings + "position_embeddings.weight"].Row(i), Weights[embeddings + "token_type_embeddings.weight"].Row(types[i]))))).ToArray();
        for (var layer = 0; layer < Layers; layer++)
            hidden = Layer($"bert.encoder.layer.{layer}.", hidden, real);
        var state = Apply("bert.pooler.dense", hidden[pooled]).Select(Math.Tanh).ToArray();
        return Apply("classifier", state);
    }

    private double[][] Layer(string path, double[][] hidden, bool[] real)
    {
        var queries = hidden.Select(x => Split(Apply(path + "attention.self.query", x))).ToArray();
        var keys = hidden.Select(x => Split(Apply(path + "attention.self.key", x))).ToArray();
        var values = hidden.Select(x => Split(Apply(path + "attention.self.value", x))).ToArray();
        var output = new double[hidden.Length][];
        for (var i = 0; i < hidden.Length; i++)
        {
            var mixed = new List<double>();
            for (var head = 0; head < Heads; head++)
                mixed.AddRange(Attend(queries[i][head], [.. keys.Select(key => key[head])], [.. values.Select(value => value[head])], real));

            var attended = Norm(path + "attention.output.", Add(Apply(path + "attention.output.dense", [.. mixed]), hidden[i]));
            var wide = Apply(path + "intermediate.dense", attended).Select(Activation).ToArray();
            output[i] = Norm(path + "output.", Add(Apply(path + "output.dense", wide), attended));
        }

        return output;
    }

    private double[] Norm(string path, double[] x) => LayerNorm(Weights[path + "LayerNorm.weight"], Weights[path + "LayerNorm.bias"], Epsilon, x);

    private double[] Apply(string path, double[] x) => Linear(Weights[path + ".weight"], Weights[path + ".bias"], x);

    private double[][] Split(double[] x) => [.. x.Chunk(x.Length / Heads)];
}
