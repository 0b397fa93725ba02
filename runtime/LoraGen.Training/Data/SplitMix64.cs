namespace LoraGen.Training;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every platform and with every version of .NET, which <see cref="Random"/> doesn't guarantee.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The generator of a stream: different streams of one seed are independent.</summary>
    public static SplitMix64 Of(long seed, long stream) => new(Mix(Mix((ulong)seed) + (ulong)stream));

    /// <summary>A bijection of 64-bit numbers in which each bit of the result depends on each bit of the argument.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>A number from 0 to below <paramref name="bound"/>, each with the same probability.</summary>
    public int Next(int bound)
    {
        // Numbers of an incomplete last interval are drawn again: they would favour small remainders.
        var limit = ulong.MaxValue - (ulong.MaxValue % (ulong)bound);
        while (true)
        {
            var number = Next();
            if (number < limit)
                return (int)(number % (ulong)bound);
        }
    }

    /// <summary>A number from 0 to below 1, a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}
