namespace Samples.Models.Tests.Reference;

/// <summary>The parts of a transformer in loops over double-precision arrays, as their papers define them.</summary>
internal static class PlainMath
{
    /// <summary>y = W·x + b, with W [out, in] row by row.</summary>
    public static double[] Linear(PlainTensor weight, PlainTensor? bias, double[] x)
    {
        var y = new double[weight.Shape[0]];
        for (var row = 0; row < y.Length; row++)
        {
            y[row] = bias?.Values[row] ?? 0;
            for (var column = 0; column < x.Length; column++)
                y[row] += weight.Values[row * x.Length + column] * x[column];
        }

        return y;
    }

    public static double[] RmsNorm(PlainTensor weight, double epsilon, double[] x)
    {
        var scale = 1 / Math.Sqrt(x.Sum(value => value * value) / x.Length + epsilon);
        return [.. x.Select((value, i) => weight.Values[i] * value * scale)];
    }

    public static double[] LayerNorm(PlainTensor weight, PlainTensor bias, double epsilon, double[] x)
    {
        var mean = x.Average();
        var scale = 1 / Math.Sqrt(x.Sum(value => (value - mean) * (value - mean)) / x.Length + epsilon);
        return [.. x.Select((value, i) => weight.Values[i] * (value - mean) * scale + bias.Values[i])];
    }

    /// <summary>
    /// One query against keys and values: softmax(q·k / √size) over those that it may see, and over all where it may see none.
    /// </summary>
    public static double[] Attend(double[] query, double[][] keys, double[][] values, bool[] visible)
    {
        var none = !visible.Contains(true);
        var scores = keys.Select((key, i) => none ? 0 : visible[i] ? Dot(query, key) / Math.Sqrt(query.Length) : double.NegativeInfinity).ToArray();
        var top = scores.Max();
        var weights = scores.Select(score => Math.Exp(score - top)).ToArray();
        var sum = weights.Sum();
        return [.. Enumerable.Range(0, query.Length).Select(at => values.Select((value, i) => weights[i] / sum * value[at]).Sum())];
    }

    public static double Silu(double x) => x / (1 + Math.Exp(-x));

    public static double Gelu(double x) => x * (1 + Erf(x / Math.Sqrt(2))) / 2;

    public static double GeluByTanh(double x) => x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))) / 2;

    public static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    // Its Taylor series; beyond 4 it is 1 to eight digits.
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 4)
            return Math.Sign(x);

        var (term, sum) = (x, x);
        for (var n = 1; n < 120; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
