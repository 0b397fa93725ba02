namespace LoraGen;

/// <summary>
/// 256 numbers up to 1 whose distance grows with their size: seven decades, of which each has twice the numbers of the one below, and 0 and 1. Dettmers et al.
/// 2022, "8-bit Optimizers via Block-wise Quantization", arXiv:2110.02861.
/// </summary>
internal sealed class DynamicCodes
{
    private const int Decades = 7;

    // Below it there is no boundary between two numbers but that to zero.
    private const float Smallest = 1f / (1 << 23);

    private DynamicCodes(bool isSigned)
    {
        Values = [.. Numbers(isSigned).Order()];
        (IsSigned, Bounds) = (isSigned, [.. Values.Zip(Values.Skip(1), Bound)]);

        // The numbers from 1/2 to 1 are more than 1/128 apart, or 1/256 if they are unsigned, which so many bits of the fraction distinguish.
        Shift = isSigned ? 17 : 16;
        First = BitConverter.SingleToInt32Bits(Smallest) >> Shift;
        Cells = (BitConverter.SingleToInt32Bits(1) >> Shift) - First + 1;
        (Starts, CellBounds) = Lookup();
    }

    /// <summary>The numbers of both signs, without -1: 64 to 1 in a decade.</summary>
    public static DynamicCodes Signed { get; } = new(isSigned: true);

    /// <summary>The numbers from 0: 128 to 2 in a decade.</summary>
    public static DynamicCodes Unsigned { get; } = new(isSigned: false);

    /// <summary>The numbers in ascending order.</summary>
    public float[] Values { get; }

    /// <summary>A value above the i-th is nearer to the number i + 1 than to the number i. Of two numbers that are equally near the smaller is meant.</summary>
    public float[] Bounds { get; }

    public bool IsSigned { get; }

    /// <summary>How far a value's bits are shifted right for the number of its cell. In a cell there is one bound at most.</summary>
    public int Shift { get; }

    /// <summary>The shifted bits of the first cell, in which all smaller values are too.</summary>
    public int First { get; }

    /// <summary>The number of cells of a sign. Those of negative values follow those of positive ones.</summary>
    public int Cells { get; }

    /// <summary>The code of values in a cell that are not above its bound.</summary>
    public int[] Starts { get; }

    /// <summary>The bound in a cell; infinite if there is none.</summary>
    public float[] CellBounds { get; }

    /// <summary>The code of the nearest number; of the smaller one, if two are equally near. A value of NaN has some code.</summary>
    public byte Nearest(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        var cell = Math.Clamp(((bits & int.MaxValue) >> Shift) - First, 0, Cells - 1) + (IsSigned && bits < 0 ? Cells : 0);
        return (byte)(value > CellBounds[cell] ? Starts[cell] + 1 : Starts[cell]);
    }

    private static IEnumerable<float> Numbers(bool isSigned)
    {
        yield return 0;
        yield return 1;
        for (var decade = 0; decade < Decades; decade++)
        {
            var count = (isSigned ? 1 : 2) << decade;
            for (var i = 0; i < count; i++)
            {
                // The middles of equal parts of 0.1 to 1.
                var number = (float)(Math.Pow(10, decade - Decades + 1) * (0.1 + (0.9 * (i + 0.5) / count)));
                yield return number;
                if (isSigned)
                    yield return -number;
            }
        }
    }

    // The largest float that is not above the middle.
    private static float Bound(float below, float above)
    {
        var middle = ((double)below + above) / 2;
        var rounded = (float)middle;
        return rounded > middle ? MathF.BitDecrement(rounded) : rounded;
    }

    private (int[] Starts, float[] Bounds) Lookup()
    {
        var count = IsSigned ? 2 * Cells : Cells;
        var (starts, bounds) = (new int[count], new float[count]);
        for (var cell = 0; cell < count; cell++)
        {
            // A cell of positive values begins with its smallest, and one of negative values is just above its most negative neighbor.
            var index = cell % Cells;
            var isNegative = cell >= Cells;
            var nearest = index == 0 ? 0 : BitConverter.Int32BitsToSingle((First + index) << Shift);
            var farthest = BitConverter.Int32BitsToSingle((First + index + 1) << Shift);
            starts[cell] = isNegative ? Bounds.Count(bound => bound <= -farthest) : Bounds.Count(bound => bound < nearest);
            var last = isNegative ? -nearest : MathF.BitDecrement(farthest);
            bounds[cell] = starts[cell] < Bounds.Length && Bounds[starts[cell]] <= last ? Bounds[starts[cell]] : float.PositiveInfinity;
        }

        return (starts, bounds);
    }
}
