namespace LoraGen;

/// <summary>The values that the codes of a format represent. A weight gets the code of the nearest value after its block is scaled to [-1, 1].</summary>
internal sealed class Codebook
{
    private const int Bytes = 256;
    private const int BitsOfByte = 8;

    // Dettmers et al. 2023, appendix E.
    private static readonly float[] NormalQuantiles =
    [
        -1f, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f, -0.18477343022823334f, -0.09105003625154495f, 0f,
        0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f, 0.44070982933044434f, 0.5626170039176941f,
        0.7229568362236023f, 1f,
    ];

    // In the order of the codes of bitsandbytes: three bits of magnitude, then the negative ones. -0 is never used.
    private static readonly float[] FourBitFloats = [.. Signed([0f, 0.0625f / 12, 8f / 12, 12f / 12, 4f / 12, 6f / 12, 2f / 12, 3f / 12])];

    // The centres of four parts of a normal distribution that have the same probability between the outermost quantiles of NF4.
    private static readonly float[] TwoBitQuantiles = [-1f, -0.2525685f, 0.2525685f, 1f];

    private Codebook(int bits, float[] values)
    {
        Bits = bits;
        Values = values;
        var codes = Enumerable.Range(0, values.Length).Where(code => !IsNegativeZero(values[code])).OrderBy(code => values[code]).ToArray();
        CodeOfRank = [.. codes.Select(code => (byte)code)];
        Midpoints = [.. codes.Zip(codes.Skip(1), (below, above) => ((double)values[below] + values[above]) / 2)];
        Expanded = GC.AllocateArray<float>(Bytes * CodesPerByte, pinned: true);
        for (var i = 0; i < Expanded.Length; i++)
        {
            var shift = bits * (CodesPerByte - 1 - (i % CodesPerByte));
            Expanded[i] = values[((i / CodesPerByte) >> shift) & (values.Length - 1)];
        }
    }

    public static Codebook Nf4 { get; } = new(4, NormalQuantiles);

    public static Codebook Fp4 { get; } = new(4, FourBitFloats);

    public static Codebook Nf2 { get; } = new(2, TwoBitQuantiles);

    /// <summary>The number of bits of a code.</summary>
    public int Bits { get; }

    /// <summary>The number of codes in a byte, of which the first has the highest bits.</summary>
    public int CodesPerByte => BitsOfByte / Bits;

    /// <summary>The value of each code.</summary>
    public float[] Values { get; }

    /// <summary>The codes in ascending order of their values.</summary>
    public byte[] CodeOfRank { get; }

    /// <summary>What divides the values, in ascending order; one fewer than there are values.</summary>
    public double[] Midpoints { get; }

    /// <summary>The values of the codes in each possible byte. It does not move in memory.</summary>
    public float[] Expanded { get; }

    /// <summary>The rank of the value that is nearest to value / scale, computed without rounding. The smaller one of two that are equally near.</summary>
    public int RankOf(float value, float scale)
    {
        var rank = 0;
        while (rank < Midpoints.Length && value > Midpoints[rank] * scale)
            rank++;
        return rank;
    }

    private static IEnumerable<float> Signed(float[] magnitudes) => magnitudes.Concat(magnitudes.Select(magnitude => -magnitude));

    private static bool IsNegativeZero(float value) => value == 0 && float.IsNegative(value);
}
