using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LoraGen;

/// <summary>The largest absolute value of a block.</summary>
internal static unsafe class AbsoluteMaximum
{
    private const int WithoutSign = 0x7FFFFFFF;

    /// <summary>
    /// Returns it; infinite or NaN if one of the values is. The bits of numbers without a sign have the order of the numbers, and NaN is the last.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Of(float* values, int count)
    {
        var mask = Vector256.Create(WithoutSign);
        var all = Vector256<int>.Zero;
        var i = 0;
        for (; i + Vector256<int>.Count <= count; i += Vector256<int>.Count)
            all = Vector256.Max(all, Vector256.Load((int*)(values + i)) & mask);
        var four = Vector128.Max(all.GetLower(), all.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        var largest = Math.Max(two[0], two[1]);
        for (; i < count; i++)
            largest = Math.Max(largest, BitConverter.SingleToInt32Bits(values[i]) & WithoutSign);
        return BitConverter.Int32BitsToSingle(largest);
    }
}
