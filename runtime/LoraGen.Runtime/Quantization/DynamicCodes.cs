namespace LoraGen;

/// <summary>
/// 256 numbers from -1 to 1 whose distance grows with their size: seven decades with 1, 2, …, 64 numbers of each sign, and 0 and 1. Dettmers et al. 2022,
/// "8-bit Optimizers via Block-wise Quantization", arXiv:2110.02861.
/// </summary>
internal static class DynamicCodes
{
    private const int Decades = 7;

    /// <summary>The numbers in ascending order.</summary>
    public static float[] Values { get; } = [.. Numbers().Order()];

    /// <summary>The code of the nearest number; of the smaller one, if two are equally near.</summary>
    public static byte Nearest(float value)
    {
        var found = Array.BinarySearch(Values, value);
        if (found >= 0)
            return (byte)found;

        var above = Math.Clamp(~found, 1, Values.Length - 1);
        return (byte)((double)value - Values[above - 1] <= (double)Values[above] - value ? above - 1 : above);
    }

    private static IEnumerable<float> Numbers()
    {
        yield return 0;
        yield return 1;
        for (var decade = 0; decade < Decades; decade++)
        {
            var count = 1 << decade;
            for (var i = 0; i < count; i++)
            {
                // The middles of equal parts of 0.1 to 1.
                var number = (float)(Math.Pow(10, decade - Decades + 1) * (0.1 + (0.9 * (i + 0.5) / count)));
                yield return number;
                yield return -number;
            }
        }
    }
}
