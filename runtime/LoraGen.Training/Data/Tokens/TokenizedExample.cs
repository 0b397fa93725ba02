namespace LoraGen.Training.Tokens;

/// <summary>The tokens of a text, and on which of them the loss is computed.</summary>
public sealed class TokenizedExample
{
    /// <summary>Creates an example.</summary>
    /// <param name="ids">The numbers of the tokens.</param>
    /// <param name="learned">Whether the loss is computed on each token; null for all.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is no token.</exception>
    public TokenizedExample(ReadOnlyMemory<int> ids, ReadOnlyMemory<bool>? learned = null)
    {
        if (ids.IsEmpty)
            throw new ArgumentException("An example has at least one token.", nameof(ids));
        if (learned is { } flags && flags.Length != ids.Length)
            throw new ArgumentException($"There are {ids.Length} tokens and {flags.Length} flags: each token has one.", nameof(learned));
        Ids = ids;
        Learned = learned ?? Enumerable.Repeat(true, ids.Length).ToArray();
    }

    /// <summary>The numbers of the tokens.</summary>
    public ReadOnlyMemory<int> Ids { get; }

    /// <summary>Whether the loss is computed on each token.</summary>
    public ReadOnlyMemory<bool> Learned { get; }

    /// <summary>The number of tokens.</summary>
    public int Length => Ids.Length;

    /// <summary>
    /// The number of tokens on which the loss is computed. The first token never is one, because nothing precedes it from which it could be predicted.
    /// </summary>
    public int LearnedCount => Learned.Span[1..].Count(true);

    internal TokenizedExample Append(TokenizedExample other)
    {
        return new TokenizedExample((int[])[.. Ids.Span, .. other.Ids.Span], (bool[])[.. Learned.Span, .. other.Learned.Span]);
    }

    internal TokenizedExample Slice(int start, int length) => new(Ids.Slice(start, length), Learned.Slice(start, length));
}
