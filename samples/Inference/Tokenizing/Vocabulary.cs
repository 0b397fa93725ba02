namespace Inference.Tokenizing;

/// <summary>The <c>vocab</c> of a model: each token's number.</summary>
internal static class Vocabulary
{
    public static Dictionary<string, int> Read(TokenizerJson model)
    {
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new HashSet<int>();
        foreach (var (token, value) in model.Needed("vocab").Entries())
        {
            var number = value.AsNumber();
            if (number < 0 || !numbers.Add(number) || !tokens.TryAdd(token, number))
                throw value.Fault("each token has a number of its own, from 0 on");
        }

        return tokens;
    }

    /// <summary>The number of a token that the file names.</summary>
    public static int Needed(this IReadOnlyDictionary<string, int> vocabulary, string token, TokenizerJson place)
    {
        return vocabulary.TryGetValue(token, out var number) ? number : throw place.Fault($"\"{token}\" is not in the vocabulary");
    }
}
