using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoraGen;

/// <summary>Looks up codes of 4 bits in a table of 16 values, within registers.</summary>
internal static unsafe class NibbleTable
{
    public const int Bits = 4;

    private const int Values = 16;

    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Writes table[code] · scale for the codes of a block, whose number is a multiple of 16.</summary>
    /// <param name="codes">The codes, two in a byte, the first in the high bits.</param>
    /// <param name="expanded">The values of both codes of each possible byte.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="count">The number of codes.</param>
    /// <param name="values">Where the products are written.</param>
    public static void Read(byte* codes, float* expanded, float scale, int count, float* values)
    {
        // The second value of the byte n is that of the code n.
        if (Avx512F.IsSupported)
            Read512(codes, Table512(expanded), scale, count, values);
        else
            Read256(codes, expanded, scale, count, values);
    }

    // Eight bytes are repeated in both halves, each lane shifts its code to the lowest bits, and the permutation ignores the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read512(byte* codes, Vector512<float> table, float scale, int count, float* values)
    {
        var shifts = Vector512.Create(4u, 0, 12, 8, 20, 16, 28, 24, 4, 0, 12, 8, 20, 16, 28, 24);
        var halves = Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        var factor = Vector512.Create(scale);
        for (var i = 0; i < count; i += Values)
        {
            var eight = Vector512.Create(*(ulong*)(codes + (i / 2))).AsInt32();
            var spread = Avx512F.PermuteVar16x32(eight, halves).AsUInt32();
            var found = Avx512F.PermuteVar16x32(table, Avx512F.ShiftRightLogicalVariable(spread, shifts).AsInt32());
            (found * factor).Store(values + i);
        }
    }

    // The permutation has eight entries; the highest bit of the code chooses between the halves of the table.
    private static void Read256(byte* codes, float* expanded, float scale, int count, float* values)
    {
        var low = Vector256.Create(
            expanded[1], expanded[3], expanded[5], expanded[7], expanded[9], expanded[11], expanded[13], expanded[15]);
        var high = Vector256.Create(
            expanded[17], expanded[19], expanded[21], expanded[23], expanded[25], expanded[27], expanded[29], expanded[31]);
        var shifts = Vector256.Create(4u, 0, 12, 8, 20, 16, 28, 24);
        var factor = Vector256.Create(scale);
        for (var i = 0; i < count; i += Values / 2)
        {
            var shifted = Avx2.ShiftRightLogicalVariable(Vector256.Create(*(uint*)(codes + (i / 2))), shifts);
            var ofLow = Avx2.PermuteVar8x32(low, shifted.AsInt32());
            var ofHigh = Avx2.PermuteVar8x32(high, shifted.AsInt32());
            (Avx.BlendVariable(ofLow, ofHigh, Avx2.ShiftLeftLogical(shifted, 28).AsSingle()) * factor).Store(values + i);
        }
    }

    private static Vector512<float> Table512(float* expanded)
    {
        return Vector512.Create(
            expanded[1], expanded[3], expanded[5], expanded[7], expanded[9], expanded[11], expanded[13], expanded[15],
            expanded[17], expanded[19], expanded[21], expanded[23], expanded[25], expanded[27], expanded[29], expanded[31]);
    }
}
