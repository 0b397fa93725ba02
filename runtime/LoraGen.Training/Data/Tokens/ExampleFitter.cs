namespace LoraGen.Training.Tokens;

/// <summary>Fits examples into rows, and counts what that removes.</summary>
/// <param name="fit">The parts of an example that fit into a row.</param>
/// <param name="minimumLearned">How many learned tokens a part must have.</param>
internal sealed class ExampleFitter(Func<TokenizedExample, IReadOnlyList<TokenizedExample>> fit, int minimumLearned)
{
    /// <summary>What was removed until now.</summary>
    public TruncationReport Report { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    public static ExampleFitter Truncating(BatchOptions options) => new(example => [Cut(example, options)], minimumLearned: 1);

    public static ExampleFitter Splitting(int length) => new(example => Parts(example, length), minimumLearned: 1);

    /// <summary>For classified texts, of which a single token is enough.</summary>
    public static ExampleFitter Classifying(BatchOptions options) => new(example => [Cut(example, options)], minimumLearned: 0);

    /// <summary>The parts of an example that are used.</summary>
    public IEnumerable<TokenizedExample> Fit(TokenizedExample example)
    {
        var parts = fit(example);
        var removed = example.Length - parts.Sum(part => part.Length);
        var kept = parts.Where(part => part.LearnedCount >= minimumLearned).ToArray();
        Report = new TruncationReport(
            Report.Examples + 1,
            Report.Tokens + example.Length,
            Report.Truncated + (removed > 0 ? 1 : 0),
            Report.RemovedTokens + removed,
            Report.RemovedLearnedTokens + example.Learned.Span.Count(true) - parts.Sum(part => part.Learned.Span.Count(true)),
            Report.WithoutLearnedTokens + parts.Count - kept.Length,
            Math.Max(Report.Longest, example.Length));
        return kept;
    }

    private static TokenizedExample Cut(TokenizedExample example, BatchOptions options)
    {
        if (example.Length <= options.MaxLength)
            return example;
        if (options.Truncation == TruncationSide.Beginning)
            return example.Slice(example.Length - options.MaxLength, options.MaxLength);
        var first = example.Slice(0, options.MaxLength - options.KeptAtEnd);
        return options.KeptAtEnd == 0 ? first : first.Append(example.Slice(example.Length - options.KeptAtEnd, options.KeptAtEnd));
    }

    private static List<TokenizedExample> Parts(TokenizedExample example, int length)
    {
        var parts = new List<TokenizedExample>();
        for (var start = 0; start < example.Length; start += length)
            parts.Add(example.Slice(start, Math.Min(length, example.Length - start)));
        return parts;
    }
}
