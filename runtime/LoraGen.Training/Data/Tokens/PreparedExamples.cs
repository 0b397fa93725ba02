using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LoraGen.Training.Tokens;

/// <summary>Examples in memory that fit into a row, what fitting them removed, and the hash of the data.</summary>
internal sealed class PreparedExamples
{
    /// <exception cref="ArgumentException">No example is left.</exception>
    public PreparedExamples(IEnumerable<TokenizedExample> examples, ExampleFitter fitter)
    {
        ArgumentNullException.ThrowIfNull(examples);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var kept = new List<TokenizedExample>();
        foreach (var example in examples)
        {
            Append(hash, example);
            kept.AddRange(fitter.Fit(example));
        }

        Examples = kept;
        Report = fitter.Report;
        Hash = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
        if (kept.Count == 0)
            throw new ArgumentException($"None of the {Report.Examples} examples has a token that is learned within the largest length.", nameof(examples));
    }

    public IReadOnlyList<TokenizedExample> Examples { get; }

    public TruncationReport Report { get; }

    /// <summary>SHA-256 of tokens and flags of the examples as they were given.</summary>
    public string Hash { get; }

    // The length comes first, so that no two lists of examples have the same bytes.
    private static void Append(IncrementalHash hash, TokenizedExample example)
    {
        int[] length = [example.Length];
        hash.AppendData(MemoryMarshal.AsBytes<int>(length));
        hash.AppendData(MemoryMarshal.AsBytes(example.Ids.Span));
        hash.AppendData(MemoryMarshal.AsBytes(example.Learned.Span));
    }
}
