using System.Numerics;

namespace LoraGen;

/// <summary>Rounds finite float32 numbers to the nearest bfloat16, halves to even.</summary>
internal static unsafe class BFloat16Rounding
{
    private const int Shift = 16;
    private const uint Half = 0x7FFF;

    /// <summary>Rounds numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="rounded">Where the results are written.</param>
    public static void Round(float* values, int count, ushort* rounded)
    {
        var half = new Vector<uint>(Half);
        var i = 0;
        for (; i + Vector<ushort>.Count <= count; i += Vector<ushort>.Count)
            *(Vector<ushort>*)(rounded + i) = Vector.Narrow(Bits(values + i), Bits(values + i + Vector<uint>.Count));
        for (; i < count; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            rounded[i] = (ushort)((bits + Half + ((bits >> Shift) & 1)) >> Shift);
        }

        Vector<uint> Bits(float* from)
        {
            var bits = *(Vector<uint>*)from;
            return Vector.ShiftRightLogical(bits + half + (Vector.ShiftRightLogical(bits, Shift) & Vector<uint>.One), Shift);
        }
    }
}
