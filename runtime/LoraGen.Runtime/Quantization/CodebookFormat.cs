using System.Numerics;

namespace LoraGen;

/// <summary>A format whose codes are the numbers of values in a codebook.</summary>
internal sealed unsafe class CodebookFormat : BlockFormat
{
    private readonly Codebook _codebook;
    private readonly float* _expanded;

    private CodebookFormat(Codebook codebook)
    {
        _codebook = codebook;

        // The array is pinned as long as it exists.
        fixed (float* expanded = codebook.Expanded)
            _expanded = expanded;
    }

    public static CodebookFormat Nf4 { get; } = new(Codebook.Nf4);

    public static CodebookFormat Fp4 { get; } = new(Codebook.Fp4);

    public static CodebookFormat Nf2 { get; } = new(Codebook.Nf2);

    public override int CodesPerByte => _codebook.CodesPerByte;

    public override ReadOnlySpan<float> Expanded => _codebook.Expanded;

    public override void Dequantize(byte* codes, float scale, int count, float* values)
    {
        if (_codebook.Bits == NibbleTable.Bits && NibbleTable.IsSupported)
            NibbleTable.Read(codes, _expanded, scale, count, values);
        else if (_codebook.Bits == NibbleTable.Bits)
            ReadPairs(codes, scale, count, values);
        else
            ReadQuads(codes, scale, count, values);
    }

    private protected override void Quantize(float* values, int count, float scale, byte* codes)
    {
        var ranks = stackalloc int[Vector<int>.Count];
        var bits = _codebook.Bits;
        var perByte = CodesPerByte;
        for (var i = 0; i < count; i += Vector<int>.Count)
        {
            var length = Math.Min(Vector<int>.Count, count - i);
            if (length < Vector<int>.Count || !TryRank(values + i, scale, ranks))
                RankOneByOne(values + i, length, scale, ranks);
            for (var lane = 0; lane < length; lane += perByte)
            {
                var code = 0;
                for (var part = 0; part < perByte; part++)
                    code = (code << bits) | (lane + part < length ? _codebook.CodeOfRank[ranks[lane + part]] : 0);
                codes[(i + lane) / perByte] = (byte)code;
            }
        }
    }

    // False if a rounded quotient equals a midpoint, so that it doesn't tell on which side of it the exact one is.
    private bool TryRank(float* values, float scale, int* ranks)
    {
        var quotients = *(Vector<float>*)values / new Vector<float>(scale == 0 ? 1 : scale);
        var rank = Vector<int>.Zero;
        var equal = Vector<int>.Zero;
        foreach (var midpoint in _codebook.Midpoints)
        {
            var rounded = new Vector<float>((float)midpoint);
            rank -= Vector.GreaterThan(quotients, rounded);
            equal |= Vector.Equals(quotients, rounded);
        }

        *(Vector<int>*)ranks = rank;
        return equal == Vector<int>.Zero;
    }

    private void RankOneByOne(float* values, int count, float scale, int* ranks)
    {
        for (var lane = 0; lane < count; lane++)
            ranks[lane] = _codebook.RankOf(values[lane], scale == 0 ? 1 : scale);
    }

    private void ReadPairs(byte* codes, float scale, int count, float* values)
    {
        for (var i = 0; i < count / 2; i++)
        {
            values[2 * i] = _expanded[2 * codes[i]] * scale;
            values[(2 * i) + 1] = _expanded[(2 * codes[i]) + 1] * scale;
        }
    }

    private void ReadQuads(byte* codes, float scale, int count, float* values)
    {
        var factor = new Vector4(scale);
        for (var i = 0; i < count / 4; i++)
            ((Vector4*)values)[i] = ((Vector4*)_expanded)[codes[i]] * factor;
    }
}
