using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>
/// Quantisation by its definition, in double and one value at a time: a block's scale is its largest absolute value, and each weight becomes the value of the
/// format that is nearest to weight / scale.
/// </summary>
internal static class QuantizationReference
{
    /// <summary>bitsandbytes' table of NF4.</summary>
    private static readonly double[] Nf4 =
    [
        -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334, -0.09105003625154495, 0.0,
        0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0,
    ];

    /// <summary>bitsandbytes' values of FP4, divided by 12.</summary>
    private static readonly double[] Fp4 = [.. new[] { 0.0625, 8, 12, 4, 6, 2, 3 }.SelectMany(value => new[] { value / 12, -value / 12 }).Append(0).Order()];

    /// <summary>The middles of equal parts of a normal distribution, as LoftQ defines them, scaled to 1.</summary>
    private static readonly double[] Nf2 = [-1, -0.2525685, 0.2525685, 1];

    public static IReadOnlyList<double> Values(Quantization format) => format switch
    {
        Quantization.Nf4 => Nf4,
        Quantization.Fp4 => Fp4,
        Quantization.Nf2 => Nf2,
        _ => [.. Enumerable.Range(-127, 255).Select(number => number / 127.0)],
    };

    /// <summary>Returns the restored weight, with the scales in full precision.</summary>
    public static double[] Restored(float[] weights, Quantization format, int blockSize)
    {
        var values = Values(format);
        return [.. weights.Chunk(blockSize).SelectMany(block =>
        {
            var scale = block.Max(Math.Abs);
            return block.Select(weight => scale == 0 ? 0 : Nearest(values, (double)weight / scale) * scale);
        })];
    }

    /// <summary>Returns scales as double quantisation restores them.</summary>
    public static double[] Doubled(double[] scales)
    {
        var mean = (float)scales.Average();
        var codes = Dynamic();
        return [.. scales.Chunk(256).SelectMany(group =>
        {
            var largest = (double)group.Max(scale => Math.Abs((float)scale - mean));
            return group.Select(scale => largest == 0 ? mean : (Nearest(codes, ((float)scale - mean) / largest) * largest) + mean);
        })];
    }

    // Dettmers et al. 2022: for each number of decimal places, the middles of equal parts of 0.1 to 1.
    private static double[] Dynamic()
    {
        var numbers = new List<double> { 0, 1 };
        for (var places = 0; places < 7; places++)
        {
            var parts = (int)Math.Pow(2, 6 - places);
            var bounds = Enumerable.Range(0, parts + 1).Select(part => 0.1 + (0.9 * part / parts)).ToArray();
            numbers.AddRange(bounds.Zip(bounds.Skip(1), (low, high) => (low + high) / 2 * Math.Pow(10, -places)).SelectMany(middle => new[] { middle, -middle }));
        }

        return [.. numbers.Order()];
    }

    private static double Nearest(IReadOnlyList<double> values, double number) => values.MinBy(value => Math.Abs(value - number));
}
