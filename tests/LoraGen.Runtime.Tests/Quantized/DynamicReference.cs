namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Block-wise dynamic quantisation to 8 bits as arXiv:2110.02861 defines it, by plain loops in float64.</summary>
internal static class DynamicReference
{
    /// <summary>
    /// The numbers that a code stands for, from the definition: for an exponent of e zeros the fraction's bits divide 0.1 to 1 into equal parts, whose middles
    /// are multiplied by 10^-e. A signed number has a bit less for the fraction.
    /// </summary>
    public static float[] Map(bool isSigned)
    {
        List<double> numbers = [0, 1];
        for (var zeros = 0; zeros <= 6; zeros++)
        {
            var bits = 7 - zeros - (isSigned ? 1 : 0);
            var width = 0.9 / Math.Pow(2, bits);
            for (var part = 0; part < Math.Pow(2, bits); part++)
            {
                var middle = Math.Pow(10, -zeros) * (0.1 + (part * width) + (width / 2));
                numbers.Add(middle);
                if (isSigned)
                    numbers.Add(-middle);
            }
        }

        numbers.Sort();
        return [.. numbers.Select(number => (float)number)];
    }

    /// <summary>The nearest number's index; of two that are equally near the smaller one.</summary>
    public static int Nearest(float[] map, float value)
    {
        var best = 0;
        for (var i = 1; i < map.Length; i++)
        {
            if (Math.Abs((double)map[i] - value) < Math.Abs((double)map[best] - value))
                best = i;
        }

        return best;
    }

    public static (byte[] Codes, float[] Scales) Quantise(float[] map, float[] values, int blockSize)
    {
        var codes = new byte[values.Length];
        var scales = new List<float>();
        for (var start = 0; start < values.Length; start += blockSize)
        {
            var block = values.Skip(start).Take(blockSize).ToArray();
            var largest = block.Max(Math.Abs);
            scales.Add(largest);
            for (var i = 0; i < block.Length; i++)
                codes[start + i] = (byte)Nearest(map, largest == 0 ? 0 : block[i] / largest);
        }

        return (codes, [.. scales]);
    }
}
