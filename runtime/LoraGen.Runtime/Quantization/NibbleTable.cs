using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoraGen;

/// <summary>Looks up codes of 4 bits in a table of 16 values, within registers.</summary>
internal static unsafe class NibbleTable
{
    public const int Bits = 4;

    private const int Values = 16;

    /// <summary>
    /// Writes value · scale for the codes of blocks with AVX-512: eight bytes are repeated in both halves of a vector, each lane shifts its code to the lowest
    /// bits, and the permutation ignores the others.
    /// </summary>
    /// <param name="codes">The codes, two in a byte, the first in the high bits.</param>
    /// <param name="expanded">The values of both codes of each possible byte; the second value of the byte n is that of the code n.</param>
    /// <param name="scales">The factor of each block.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <param name="size">The number of codes in a block, a multiple of 16.</param>
    /// <param name="values">Where the products are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read512(byte* codes, float* expanded, float* scales, int blocks, int size, float* values)
    {
        var table = stackalloc float[Values];
        Fill(table, expanded);
        var found = Vector512.Load(table);
        var shifts = Vector512.Create(4u, 0, 12, 8, 20, 16, 28, 24, 4, 0, 12, 8, 20, 16, 28, 24);
        var halves = Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        for (var block = 0; block < blocks; block++)
        {
            var factor = Vector512.Create(scales[block]);
            for (var end = values + size; values < end; values += Values, codes += Values / 2)
            {
                var spread = Avx512F.PermuteVar16x32(Vector512.Create(*(ulong*)codes).AsInt32(), halves).AsUInt32();
                (Avx512F.PermuteVar16x32(found, Avx512F.ShiftRightLogicalVariable(spread, shifts).AsInt32()) * factor).Store(values);
            }
        }
    }

    /// <summary>
    /// Writes the same with AVX2: the permutation has eight entries, and the highest bit of the code chooses between the halves of the table.
    /// </summary>
    /// <param name="codes">The codes, two in a byte, the first in the high bits.</param>
    /// <param name="expanded">The values of both codes of each possible byte; the second value of the byte n is that of the code n.</param>
    /// <param name="scales">The factor of each block.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <param name="size">The number of codes in a block, a multiple of 16.</param>
    /// <param name="values">Where the products are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read256(byte* codes, float* expanded, float* scales, int blocks, int size, float* values)
    {
        var table = stackalloc float[Values];
        Fill(table, expanded);
        var (low, high) = (Vector256.Load(table), Vector256.Load(table + (Values / 2)));
        var shifts = Vector256.Create(4u, 0, 12, 8, 20, 16, 28, 24);
        for (var block = 0; block < blocks; block++)
        {
            var factor = Vector256.Create(scales[block]);
            for (var end = values + size; values < end; values += Values / 2, codes += Values / 4)
            {
                var shifted = Avx2.ShiftRightLogicalVariable(Vector256.Create(*(uint*)codes), shifts);
                var ofLow = Avx2.PermuteVar8x32(low, shifted.AsInt32());
                var ofHigh = Avx2.PermuteVar8x32(high, shifted.AsInt32());
                (Avx.BlendVariable(ofLow, ofHigh, Avx2.ShiftLeftLogical(shifted, 28).AsSingle()) * factor).Store(values);
            }
        }
    }

    private static void Fill(float* table, float* expanded)
    {
        for (var code = 0; code < Values; code++)
            table[code] = expanded[(2 * code) + 1];
    }
}
