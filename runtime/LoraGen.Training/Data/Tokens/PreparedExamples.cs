using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LoraGen.Training.Tokens;

/// <summary>Examples that fit into a row and have a learned token, what that removed, and the hash of the data.</summary>
internal sealed class PreparedExamples
{
    private PreparedExamples(List<TokenizedExample> examples, TruncationReport report, string hash)
    {
        Examples = examples;
        Report = report;
        Hash = hash;
    }

    public IReadOnlyList<TokenizedExample> Examples { get; }

    public TruncationReport Report { get; }

    /// <summary>SHA-256 of tokens and flags of the examples as they were given.</summary>
    public string Hash { get; }

    public static PreparedExamples Truncate(IEnumerable<TokenizedExample> examples, BatchOptions options)
    {
        return Create(examples, example => [Cut(example, options)]);
    }

    public static PreparedExamples Split(IEnumerable<TokenizedExample> examples, int length) => Create(examples, example => Parts(example, length));

    /// <summary>Truncated examples of which a single token is enough.</summary>
    public static PreparedExamples Classified(IEnumerable<ReadOnlyMemory<int>> texts, BatchOptions options)
    {
        return Create(texts.Select(ids => new TokenizedExample(ids)), example => [Cut(example, options)], minimumLearned: 0);
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

    private static IEnumerable<TokenizedExample> Parts(TokenizedExample example, int length)
    {
        for (var start = 0; start < example.Length; start += length)
            yield return example.Slice(start, Math.Min(length, example.Length - start));
    }

    private static PreparedExamples Create(
        IEnumerable<TokenizedExample> examples, Func<TokenizedExample, IEnumerable<TokenizedExample>> fit, int minimumLearned = 1)
    {
        ArgumentNullException.ThrowIfNull(examples);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var kept = new List<TokenizedExample>();
        var (count, tokens, truncated, removed, removedLearned, without, longest) = (0, 0L, 0, 0L, 0L, 0, 0);
        foreach (var example in examples)
        {
            Append(hash, example);
            var parts = fit(example).ToList();
            var left = parts.Sum(part => part.Length);
            kept.AddRange(parts.Where(part => part.LearnedCount >= minimumLearned));
            without += parts.Count(part => part.LearnedCount < minimumLearned);
            truncated += left < example.Length ? 1 : 0;
            removed += example.Length - left;
            removedLearned += example.Learned.Span.Count(true) - parts.Sum(part => part.Learned.Span.Count(true));
            longest = Math.Max(longest, example.Length);
            tokens += example.Length;
            count++;
        }

        if (kept.Count == 0)
            throw new ArgumentException($"None of the {count} examples has a token that is learned within the largest length.", nameof(examples));
        var report = new TruncationReport(count, tokens, truncated, removed, removedLearned, without, longest);
        return new PreparedExamples(kept, report, Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant());
    }

    // The length comes first, so that no two lists of examples have the same bytes.
    private static void Append(IncrementalHash hash, TokenizedExample example)
    {
        int[] length = [example.Length];
        hash.AppendData(MemoryMarshal.AsBytes<int>(length));
        hash.AppendData(MemoryMarshal.AsBytes(example.Ids.Span));
        hash.AppendData(MemoryMarshal.AsBytes(example.Learned.Span));
    }
}
