using LoraGen.Training.Cleaning;

namespace LoraGen.Training.Tests.Data.Cleaning;

/// <summary>MinHash against the Jaccard similarity that it estimates.</summary>
public sealed class MinHashTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(1.0)]
    public void Equal_places_of_signatures_estimate_the_similarity(double similarity)
    {
        // Two sets of n elements with c in common have the similarity c / (2n − c).
        const int size = 300;
        var common = (int)Math.Round(2 * size * similarity / (1 + similarity));
        HashSet<ulong> first = [.. Enumerable.Range(0, size).Select(element => SplitMix64.Mix((ulong)element + 1))];
        HashSet<ulong> second = [.. first.Take(common), .. Enumerable.Range(size, size - common).Select(element => SplitMix64.Mix((ulong)element + 1))];
        var exact = (double)first.Intersect(second).Count() / first.Union(second).Count();
        const int hashes = 1024;

        var estimate = MinHash.Signature(first, hashes).Zip(MinHash.Signature(second, hashes)).Count(pair => pair.First == pair.Second) / (double)hashes;

        Assert.Equal(exact, MinHash.Similarity(first, second), 12);
        Assert.InRange(estimate, exact - Error(exact), exact + Error(exact));

        // Four standard errors; exact where the sets are the same or have nothing in common.
        static double Error(double share) => 4 * Math.Sqrt(share * (1 - share) / hashes);
    }

    [Fact]
    public void Shingles_are_the_sets_of_words_that_follow_each_other()
    {
        Assert.Equal(3, MinHash.Shingles("a b c d e", 3).Count);
        Assert.Single(MinHash.Shingles("a b", 3));
        Assert.Single(MinHash.Shingles("", 3));
        Assert.True(MinHash.Shingles("A  quick, brown\nfox!", 3).SetEquals(MinHash.Shingles("a quick brown fox", 3)));
        Assert.False(MinHash.Shingles("a b c", 3).SetEquals(MinHash.Shingles("c b a", 3)));
        Assert.Equal(["我", "爱", "dotnet", "9"], Words.Of("我爱DotNet 9。"));
    }

    [Theory]
    [InlineData(0.8, 128, 6)]
    [InlineData(0.5, 128, 3)]
    [InlineData(1.0, 128, 128)]
    [InlineData(0.05, 128, 1)]
    [InlineData(0.04, 113, 1)]
    public void Bands_have_as_many_places_as_find_the_threshold(double threshold, int hashes, int rows)
    {
        // 1 − (1 − 0.8⁶)²¹ = 0.998 and 1 − (1 − 0.8⁷)¹⁸ = 0.986; 1 − (1 − 0.5³)⁴² = 0.996 and 1 − (1 − 0.5⁴)³² = 0.873.
        Assert.Equal(rows, MinHash.Rows(threshold, hashes));
    }
}
