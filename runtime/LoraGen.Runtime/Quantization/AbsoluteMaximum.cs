using System.Numerics;

namespace LoraGen;

/// <summary>The largest absolute value of a block.</summary>
internal static unsafe class AbsoluteMaximum
{
    private const int WithoutSign = 0x7FFFFFFF;

    /// <summary>
    /// Returns it; infinite or NaN if one of the values is. The bits of numbers without a sign have the order of the numbers, and NaN is the last.
    /// </summary>
    public static float Of(float* values, int count)
    {
        var largest = 0;
        var i = 0;
        if (count >= Vector<int>.Count)
        {
            var mask = new Vector<int>(WithoutSign);
            var all = Vector<int>.Zero;
            for (; i + Vector<int>.Count <= count; i += Vector<int>.Count)
                all = Vector.Max(all, *(Vector<int>*)(values + i) & mask);
            for (var lane = 0; lane < Vector<int>.Count; lane++)
                largest = Math.Max(largest, all[lane]);
        }

        for (; i < count; i++)
            largest = Math.Max(largest, BitConverter.SingleToInt32Bits(values[i]) & WithoutSign);
        return BitConverter.Int32BitsToSingle(largest);
    }
}
