using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing;

/// <summary>The queue of merges against the definition: look for the best pair, join it, look again.</summary>
public sealed class MergeTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void Merges_are_those_of_the_definition(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var merges = RandomMerges(random, letters: 2 + random.Next(3), count: 1 + random.Next(40));
            var tokens = Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(3)).ToArray();
            Assert.Equal(ByDefinition(merges, tokens), new BytePairs(merges).Merge(tokens));
        }
    }

    // Some pairs of tokens, in any order, make new ones; several may make the same one.
    private static Dictionary<(int Left, int Right), (int Rank, int Token)> RandomMerges(Random random, int letters, int count)
    {
        var merges = new Dictionary<(int Left, int Right), (int Rank, int Token)>();
        var tokens = letters;
        for (var i = 0; i < count; i++)
        {
            if (merges.TryAdd((random.Next(tokens), random.Next(tokens)), (merges.Count, tokens)))
                tokens += random.Next(4) == 0 ? 0 : 1;
        }

        return merges;
    }

    private static List<int> ByDefinition(Dictionary<(int Left, int Right), (int Rank, int Token)> merges, IEnumerable<int> tokens)
    {
        var list = tokens.ToList();
        while (true)
        {
            var best = Enumerable.Range(0, Math.Max(list.Count - 1, 0))
                .Where(at => merges.ContainsKey((list[at], list[at + 1])))
                .OrderBy(at => merges[(list[at], list[at + 1])].Rank)
                .ThenBy(at => at)
                .Select(at => (int?)at)
                .FirstOrDefault();
            if (best is not { } found)
                return list;

            list[found] = merges[(list[found], list[found + 1])].Token;
            list.RemoveAt(found + 1);
        }
    }
}
