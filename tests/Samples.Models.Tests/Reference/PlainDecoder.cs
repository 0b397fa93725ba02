using static Samples.Models.Tests.Reference.PlainMath;

namespace Samples.Models.Tests.Reference;

/// <summary>Qwen2 and Llama written out: what is not given is read off the weights.</summary>
internal sealed record PlainDecoder(IReadOnlyDictionary<string, PlainTensor> Weights, int Layers, int Heads, int KeyHeads, double Epsilon, double[] Frequencies)
{
    /// <summary>One text to the logits of each next token.</summary>
    /// <param name="ids">Its tokens.</param>
    /// <param name="real">Which of them are no padding.</param>
    /// <param name="positions">Where they stand.</param>
    public double[][] Logits(long[] ids, bool[] real, long[] positions)
    {
        var hidden = ids.Select(id => Weights["model.embed_tokens.weight"].Row(id)).ToArray();
        for (var layer = 0; layer < Layers; layer++)
            hidden = Layer($"model.layers.{layer}.", hidden, real, positions);
        var head = Weights.GetValueOrDefault("lm_head.weight") ?? Weights["model.embed_tokens.weight"];
        return [.. hidden.Select(x => Linear(head, null, RmsNorm(Weights["model.norm.weight"], Epsilon, x)))];
    }

    private double[][] Layer(string path, double[][] hidden, bool[] real, long[] positions)
    {
        var normalized = hidden.Select(x => RmsNorm(Weights[path + "input_layernorm.weight"], Epsilon, x)).ToArray();
        var queries = normalized.Select((x, i) => Turned(Split(Apply(path + "self_attn.q_proj", x), Heads), positions[i])).ToArray();
        var keys = normalized.Select((x, i) => Turned(Split(Apply(path + "self_attn.k_proj", x), KeyHeads), positions[i])).ToArray();
        var values = normalized.Select(x => Split(Apply(path + "self_attn.v_proj", x), KeyHeads)).ToArray();
        var output = new double[hidden.Length][];
        for (var i = 0; i < hidden.Length; i++)
        {
            var mixed = new List<double>();
            for (var head = 0; head < Heads; head++)
            {
                var shared = head / (Heads / KeyHeads);
                var visible = real.Select((isReal, j) => isReal && j <= i).ToArray();
                mixed.AddRange(Attend(queries[i][head], [.. keys.Select(key => key[shared])], [.. values.Select(value => value[shared])], visible));
            }

            var attended = Add(hidden[i], Apply(path + "self_attn.o_proj", [.. mixed]));
            output[i] = Add(attended, Mlp(path + "mlp.", RmsNorm(Weights[path + "post_attention_layernorm.weight"], Epsilon, attended)));
        }

        return output;
    }

    private double[] Mlp(string path, double[] x)
    {
        var gate = Apply(path + "gate_proj", x);
        var up = Apply(path + "up_proj", x);
        return Apply(path + "down_proj", [.. gate.Zip(up, (g, u) => Silu(g) * u)]);
    }

    private double[] Apply(string path, double[] x) => Linear(Weights[path + ".weight"], Weights.GetValueOrDefault(path + ".bias"), x);

    private static double[][] Split(double[] x, int heads) => [.. x.Chunk(x.Length / heads)];

    // Number i and number i + half are a point in the plane, which is turned by position · frequency i.
    private double[][] Turned(double[][] heads, long position) => [.. heads.Select(head => Turned(head, position))];

    private double[] Turned(double[] head, long position)
    {
        var half = head.Length / 2;
        var turned = new double[head.Length];
        for (var i = 0; i < half; i++)
        {
            var (sine, cosine) = Math.SinCos(position * Frequencies[i]);
            turned[i] = head[i] * cosine - head[i + half] * sine;
            turned[i + half] = head[i + half] * cosine + head[i] * sine;
        }

        return turned;
    }
}
