namespace LoraGen.Training.Cleaning;

/// <summary>
/// MinHash (Broder 1997): two signatures agree in a share of their places that estimates the Jaccard similarity of the sets, with a standard error of
/// √(s·(1 − s) / hashes). Bands of a signature find candidates for similar pairs (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4).
/// </summary>
internal static class MinHash
{
    /// <summary>The hashes of the sets of words that follow each other.</summary>
    public static HashSet<ulong> Shingles(string text, int words)
    {
        var hashes = Words.Of(text).Select(word => TextHash.Of(word)).ToArray();
        var shingles = new HashSet<ulong>();
        for (var start = 0; start <= Math.Max(0, hashes.Length - words); start++)
            shingles.Add(Combine(hashes.AsSpan(start, Math.Min(words, hashes.Length - start))));
        return shingles;
    }

    public static ulong[] Signature(HashSet<ulong> shingles, int hashes)
    {
        var signature = new ulong[hashes];
        Array.Fill(signature, ulong.MaxValue);
        for (var hash = 0; hash < hashes; hash++)
        {
            var salt = SplitMix64.Mix((ulong)hash + 1);
            foreach (var shingle in shingles)
                signature[hash] = Math.Min(signature[hash], SplitMix64.Mix(shingle ^ salt));
        }

        return signature;
    }

    public static double Similarity(HashSet<ulong> first, HashSet<ulong> second)
    {
        var common = first.Count(second.Contains);
        return (double)common / (first.Count + second.Count - common);
    }

    /// <summary>With how many bands of one place a pair at the threshold agrees in at least one with a probability of 0.99.</summary>
    public static int FewestHashes(double threshold) => threshold >= 1 ? 1 : (int)Math.Ceiling(Math.Log(0.01) / Math.Log(1 - threshold));

    /// <summary>
    /// The number of places of a band: the largest with which a pair at the threshold agrees in at least one band with a probability of 0.99. Larger bands have
    /// fewer candidates.
    /// </summary>
    public static int Rows(double threshold, int hashes)
    {
        var rows = hashes;
        while (rows > 1 && 1 - Math.Pow(1 - Math.Pow(threshold, rows), hashes / rows) < 0.99)
            rows--;
        return rows;
    }

    /// <summary>A key for each band of a signature; similar sets share at least one.</summary>
    public static IEnumerable<(int Band, ulong Key)> Bands(ulong[] signature, int rows)
    {
        for (var band = 0; band < signature.Length / rows; band++)
            yield return (band, Combine(signature.AsSpan(band * rows, rows)));
    }

    private static ulong Combine(ReadOnlySpan<ulong> values)
    {
        var hash = 0UL;
        foreach (var value in values)
            hash = SplitMix64.Mix(hash + value);
        return hash;
    }
}
