using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoraGen;

/// <summary>Finds the codes of 4 bits with AVX2: a binary search among the midpoints of the values, eight at a time and within registers.</summary>
internal sealed unsafe class NibbleSearch
{
    /// <summary>The number of values that are encoded together.</summary>
    public const int Count = 32;

    private const int Ranks = 16;
    private const int Lanes = 8;

    // Of each level of the search, the midpoints from left to right.
    private readonly Vector256<float> _first;
    private readonly Vector256<float> _second;
    private readonly Vector256<float> _third;
    private readonly Vector256<float> _fourth;
    private readonly Vector256<byte> _codes;

    private NibbleSearch(Codebook codebook)
    {
        // Without sixteen values the last midpoint is above all numbers.
        float[] midpoints = [.. codebook.Midpoints.Select(midpoint => (float)midpoint), float.PositiveInfinity];
        (_first, _second, _third, _fourth) = (Level(8), Level(4), Level(2), Level(1));
        byte[] codes = [.. codebook.CodeOfRank, 0];
        _codes = Vector256.Create(Vector128.Create(codes), Vector128.Create(codes));

        Vector256<float> Level(int step)
        {
            var level = new float[Lanes];
            for (var node = 0; ((2 * node) + 1) * step < Ranks; node++)
                level[node] = midpoints[(((2 * node) + 1) * step) - 1];
            return Vector256.Create(level);
        }
    }

    /// <summary>Returns the search for a codebook; null if its codes have another size, or the processor has no AVX2.</summary>
    public static NibbleSearch? For(Codebook codebook) => Avx2.IsSupported && codebook.Bits == NibbleTable.Bits ? new NibbleSearch(codebook) : null;

    /// <summary>Writes the codes of <see cref="Count"/> values, two in a byte, the first in the high bits.</summary>
    /// <param name="values">The values.</param>
    /// <param name="scale">What they are divided by.</param>
    /// <param name="codes">Where the codes are written.</param>
    /// <returns>False if a rounded quotient equals a midpoint, so that it doesn't tell on which side of it the exact one is. Nothing is written then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryEncode(float* values, float scale, byte* codes)
    {
        var divisor = Vector256.Create(scale);
        var equal = Vector256<float>.Zero;
        var a = Rank(Vector256.Load(values) / divisor, ref equal);
        var b = Rank(Vector256.Load(values + Lanes) / divisor, ref equal);
        var c = Rank(Vector256.Load(values + (2 * Lanes)) / divisor, ref equal);
        var d = Rank(Vector256.Load(values + (3 * Lanes)) / divisor, ref equal);
        if (equal.AsInt32() != Vector256<int>.Zero)
            return false;

        // Packing acts on the two halves of a vector separately, so groups of four must be put in order.
        var narrow = Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(a, b), Avx2.PackSignedSaturate(c, d));
        var ranks = Avx2.PermuteVar8x32(narrow.AsInt32(), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsByte();
        var pairs = Avx2.MultiplyAddAdjacent(Avx2.Shuffle(_codes, ranks), Vector256.Create((short)0x0110).AsSByte());
        var bytes = Avx2.PackUnsignedSaturate(pairs, pairs);
        Avx2.Permute4x64(bytes.AsUInt64(), 0b1000).AsByte().GetLower().Store(codes);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Rank(Vector256<float> quotients, ref Vector256<float> equal)
    {
        var rank = Next(_first, Vector256<int>.Zero, quotients, ref equal);
        rank = Next(_second, rank, quotients, ref equal);
        rank = Next(_third, rank, quotients, ref equal);
        return Next(_fourth, rank, quotients, ref equal);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Next(Vector256<float> level, Vector256<int> node, Vector256<float> quotients, ref Vector256<float> equal)
    {
        var midpoints = Avx2.PermuteVar8x32(level, node);
        equal |= Vector256.Equals(quotients, midpoints);
        return node + node - Vector256.GreaterThan(quotients, midpoints).AsInt32();
    }
}
