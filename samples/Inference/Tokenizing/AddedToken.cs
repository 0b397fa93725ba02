namespace Inference.Tokenizing;

/// <summary>One entry of <c>added_tokens</c>.</summary>
/// <param name="IsNormalized">Whether it is looked for in the normalized text, as the normalizer writes it.</param>
/// <param name="TakesSpaceBefore">Whether white space before it belongs to it.</param>
/// <param name="TakesSpaceAfter">Whether white space after it belongs to it.</param>
internal sealed record AddedToken(int Id, string Content, bool IsNormalized, bool TakesSpaceBefore, bool TakesSpaceAfter)
{
    /// <summary>A token such as <c>&lt;s&gt;</c>, which is found in the text as it is, without white space.</summary>
    public static AddedToken Plain(int id, string content) => new(id, content, false, false, false);

    public static AddedToken Read(TokenizerJson part, int id)
    {
        part.With("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
        var content = part.Needed("content");
        if (content.AsText().Length == 0)
            throw content.Fault("a token has at least one character");
        if (part.Part("single_word") is { } single && single.AsFlag())
            throw single.Unsupported("tokens that are found inside of words too: false");
        return new AddedToken(id, content.AsText(), part.Flag("normalized"), part.Flag("lstrip"), part.Flag("rstrip"));
    }

    /// <summary>
    /// The added tokens of a file. Hugging Face's library gives a token the number that the vocabulary has for it, or else the next free one, whatever the
    /// file says; a file that contradicts this is refused.
    /// </summary>
    public static IReadOnlyList<AddedToken> ReadAll(IEnumerable<(int Id, TokenizerJson Part)> parts, IReadOnlyDictionary<string, int> vocabulary)
    {
        var tokens = new List<AddedToken>();
        var next = vocabulary.Count;
        foreach (var (id, part) in parts)
        {
            var token = Read(part, id);
            if (tokens.Exists(other => other.Content == token.Content))
                throw part.Fault("this content has been added before");
            var expected = vocabulary.TryGetValue(token.Content, out var known) ? known : next;
            if (id != expected)
                throw part.Fault($"\"{token.Content}\" is number {expected} by the vocabulary and the tokens before it");
            next = Math.Max(next, id + 1);
            tokens.Add(token);
        }

        return tokens;
    }
}
