using LoraGen.Training.Cleaning;

namespace LoraGen.Training.Tests.Data.Cleaning;

/// <summary>Duplicates are found, and nothing else is.</summary>
public sealed class DuplicatesTests
{
    [Fact]
    public void Exact_duplicates_are_removed_and_the_first_is_kept()
    {
        var result = Duplicates.RemoveExact(["a", "b", "a", "A", "b", "a"], text => text);

        Assert.Equal(["a", "b", "A"], result.Kept);
        Assert.Equal([new Duplicate(2, 0, 1), new Duplicate(4, 1, 1), new Duplicate(5, 0, 1)], result.Removed);
        Assert.Equal("3 kept, 3 duplicates removed, 3 of them with similarity 1", result.ToString());
    }

    /// <summary>Against a comparison of all pairs of sets of words, written without the code that is tested.</summary>
    [Fact]
    public void Near_duplicates_are_those_that_comparing_all_pairs_finds()
    {
        var texts = Corpus();
        var sets = texts.Select(Sets).ToList();
        var kept = new List<int>();
        var expected = new List<Duplicate>();
        for (var index = 0; index < texts.Count; index++)
        {
            var most = kept.Select(other => (other, Similarity: Jaccard(sets[index], sets[other]))).OrderByDescending(pair => pair.Similarity).FirstOrDefault();
            if (most.Similarity >= 0.8)
                expected.Add(new Duplicate(index, most.other, most.Similarity));
            else
                kept.Add(index);
        }

        var result = Duplicates.RemoveNear(texts, text => text);

        Assert.InRange(expected.Count, 30, 120);
        Assert.Equal(expected, result.Removed);
        Assert.Equal(kept.Select(index => texts[index]), result.Kept);
    }

    [Fact]
    public void Case_and_punctuation_do_not_count()
    {
        string[] texts = ["Buy now, and save 50 percent today!", "buy now AND save\n50 percent today", "Sell now and save 50 percent today"];

        var result = Duplicates.RemoveNear(texts, text => text);

        Assert.Equal([new Duplicate(1, 0, 1)], result.Removed);
    }

    [Fact]
    public void A_threshold_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Duplicates.RemoveNear(["a"], text => text, new NearDuplicateOptions { Threshold = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duplicates.RemoveNear(["a"], text => text, new NearDuplicateOptions { Threshold = double.NaN }));
        // ln 0.01 / ln 0.96 = 112.8
        Assert.Throws<ArgumentOutOfRangeException>(() => Duplicates.RemoveNear(["a"], text => text, new NearDuplicateOptions { Threshold = 0.04, Hashes = 112 }));
    }

    // Texts of 60 words, a half of them copies of an earlier one with up to 3 words replaced.
    private static List<string> Corpus()
    {
        var random = new SplitMix64(11);
        var texts = new List<string[]>();
        for (var index = 0; index < 200; index++)
        {
            if (index < 20 || index % 2 == 0)
            {
                texts.Add([.. Enumerable.Range(0, 60).Select(_ => $"w{random.Next(400)}")]);
                continue;
            }

            var copy = texts[random.Next(texts.Count)].ToArray();
            for (var change = random.Next(4); change > 0; change--)
                copy[random.Next(copy.Length)] = $"x{random.Next(400)}";
            texts.Add(copy);
        }

        return [.. texts.Select(words => string.Join(' ', words))];
    }

    private static double Jaccard(HashSet<string> one, HashSet<string> other) => (double)one.Intersect(other).Count() / one.Union(other).Count();

    private static HashSet<string> Sets(string text)
    {
        var words = text.Split(' ');
        return [.. Enumerable.Range(0, words.Length - 4).Select(start => string.Join(' ', words[start..(start + 5)]))];
    }
}
