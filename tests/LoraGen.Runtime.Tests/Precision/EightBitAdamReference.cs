using LoraGen.Runtime.Tests.Quantized;

namespace LoraGen.Runtime.Tests.Precision;

/// <summary>
/// AdamW in float64 whose moments are stored in 8 bits after each step: signed numbers for the first, unsigned for the second, in blocks of 256 with their
/// largest absolute value. The step uses the moments before they are stored.
/// </summary>
internal sealed class EightBitAdamReference(double[] weight, double rate, double decay = 0)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private const int BlockSize = 256;

    private static readonly float[] Signed = DynamicReference.Map(isSigned: true);
    private static readonly float[] Unsigned = DynamicReference.Map(isSigned: false);

    private double[] _first = new double[weight.Length];
    private double[] _second = new double[weight.Length];
    private int _steps;

    public double[] Weight { get; } = weight;

    public void Step(double[] gradient)
    {
        _steps++;
        for (var i = 0; i < Weight.Length; i++)
        {
            _first[i] = (Beta1 * _first[i]) + ((1 - Beta1) * gradient[i]);
            _second[i] = (Beta2 * _second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            var direction = _first[i] / (1 - Math.Pow(Beta1, _steps)) / (Math.Sqrt(_second[i] / (1 - Math.Pow(Beta2, _steps))) + Epsilon);
            Weight[i] = (Weight[i] * (1 - (rate * decay))) - (rate * direction);
        }

        _first = Stored(_first, Signed);
        _second = Stored(_second, Unsigned);
    }

    private static double[] Stored(double[] moment, float[] map)
    {
        var (codes, scales) = DynamicReference.Quantise(map, [.. moment.Select(value => (float)value)], BlockSize);
        return [.. codes.Select((code, i) => (double)map[code] * scales[i / BlockSize])];
    }
}
