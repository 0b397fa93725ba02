using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace LoraGen;

/// <summary>A format whose codes are the numbers of values in a codebook.</summary>
internal sealed unsafe class CodebookFormat : BlockFormat
{
    private readonly Codebook _codebook;
    private readonly float* _expanded;
    private readonly Vector<float>[] _midpoints;
    private readonly NibbleSearch? _search;

    private CodebookFormat(Codebook codebook)
    {
        _codebook = codebook;
        _search = NibbleSearch.For(codebook);
        _midpoints = [.. codebook.Midpoints.Select(midpoint => new Vector<float>((float)midpoint))];

        // The array is pinned as long as it exists.
        fixed (float* expanded = codebook.Expanded)
            _expanded = expanded;
    }

    public static CodebookFormat Nf4 { get; } = new(Codebook.Nf4);

    public static CodebookFormat Fp4 { get; } = new(Codebook.Fp4);

    public static CodebookFormat Nf2 { get; } = new(Codebook.Nf2);

    public override int CodesPerByte => _codebook.CodesPerByte;

    public override ReadOnlySpan<float> Expanded => _codebook.Expanded;

    public override void Dequantize(byte* codes, float* scales, int blocks, int size, float* values)
    {
        if (_codebook.Bits != NibbleTable.Bits)
            ReadQuads(codes, _expanded, scales, blocks, size, values);
        else if (Avx512F.IsSupported)
            NibbleTable.Read512(codes, _expanded, scales, blocks, size, values);
        else if (Avx2.IsSupported)
            NibbleTable.Read256(codes, _expanded, scales, blocks, size, values);
        else
            ReadPairs(codes, _expanded, scales, blocks, size, values);
    }

    /// <summary>Reads codes of 4 bits from the table of both codes of each byte.</summary>
    internal static void ReadPairs(byte* codes, float* expanded, float* scales, int blocks, int size, float* values)
    {
        for (var block = 0; block < blocks; block++)
        {
            var factor = new Vector2(scales[block]);
            for (var i = 0; i < size / 2; i++, codes++, values += 2)
                *(Vector2*)values = ((Vector2*)expanded)[*codes] * factor;
        }
    }

    private protected override void Quantize(float* values, int count, float scale, byte* codes)
    {
        var divisor = scale == 0 ? 1 : scale;
        for (var start = 0; start < count; start += NibbleSearch.Count)
        {
            var from = values + start;
            var to = codes + (start / CodesPerByte);
            var some = Math.Min(NibbleSearch.Count, count - start);
            if (some < NibbleSearch.Count || _search?.TryEncode(from, divisor, to) != true)
                Encode(from, some, divisor, to);
        }
    }

    private void Encode(float* values, int count, float scale, byte* codes)
    {
        var ranks = stackalloc int[NibbleSearch.Count];
        Rank(values, count, scale, ranks);
        Pack(ranks, count, codes);
    }

    private void Rank(float* values, int count, float scale, int* ranks)
    {
        var i = 0;
        for (; i + Vector<int>.Count <= count; i += Vector<int>.Count)
        {
            if (!TryRank(values + i, scale, ranks + i))
                RankOneByOne(values + i, Vector<int>.Count, scale, ranks + i);
        }

        RankOneByOne(values + i, count - i, scale, ranks + i);
    }

    // False if a rounded quotient equals a midpoint, so that it doesn't tell on which side of it the exact one is.
    private bool TryRank(float* values, float scale, int* ranks)
    {
        var quotients = *(Vector<float>*)values / new Vector<float>(scale);
        var rank = Vector<int>.Zero;
        var equal = Vector<int>.Zero;
        foreach (var midpoint in _midpoints)
        {
            rank -= Vector.GreaterThan(quotients, midpoint);
            equal |= Vector.Equals(quotients, midpoint);
        }

        *(Vector<int>*)ranks = rank;
        return equal == Vector<int>.Zero;
    }

    private void RankOneByOne(float* values, int count, float scale, int* ranks)
    {
        for (var lane = 0; lane < count; lane++)
            ranks[lane] = _codebook.RankOf(values[lane], scale);
    }

    private void Pack(int* ranks, int count, byte* codes)
    {
        ReadOnlySpan<byte> codeOf = _codebook.CodeOfRank;
        var (bits, perByte) = (_codebook.Bits, CodesPerByte);
        var full = count / perByte;
        for (var i = 0; i < full; i++, ranks += perByte)
        {
            codes[i] = perByte == 2
                ? (byte)((codeOf[ranks[0]] << 4) | codeOf[ranks[1]])
                : (byte)((codeOf[ranks[0]] << 6) | (codeOf[ranks[1]] << 4) | (codeOf[ranks[2]] << 2) | codeOf[ranks[3]]);
        }

        // The last byte of a weight may have fewer codes.
        for (var i = 0; i < count % perByte; i++)
            codes[full] |= (byte)(codeOf[ranks[i]] << (bits * (perByte - 1 - i)));
    }

    private static void ReadQuads(byte* codes, float* expanded, float* scales, int blocks, int size, float* values)
    {
        for (var block = 0; block < blocks; block++)
        {
            var factor = new Vector4(scales[block]);
            for (var i = 0; i < size / 4; i++, codes++, values += 4)
                *(Vector4*)values = ((Vector4*)expanded)[*codes] * factor;
        }
    }
}
