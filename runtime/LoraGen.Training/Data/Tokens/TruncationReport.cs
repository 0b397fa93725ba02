namespace LoraGen.Training.Tokens;

/// <summary>What fitting the examples into rows removed.</summary>
/// <param name="Examples">The number of examples.</param>
/// <param name="Tokens">The number of their tokens, before truncation.</param>
/// <param name="Truncated">The number of examples that were truncated.</param>
/// <param name="RemovedTokens">The number of tokens that truncation removed.</param>
/// <param name="RemovedLearnedTokens">How many of these would have been learned.</param>
/// <param name="WithoutLearnedTokens">The number of examples that were left out, because no learned token is left (or there was none).</param>
/// <param name="Longest">The number of tokens of the longest example, before truncation.</param>
public sealed record TruncationReport(
    int Examples, long Tokens, int Truncated, long RemovedTokens, long RemovedLearnedTokens, int WithoutLearnedTokens, int Longest)
{
    /// <summary>The report in sentences.</summary>
    public override string ToString()
    {
        return FormattableString.Invariant(
            $"{Examples} examples of {Tokens} tokens, the longest of {Longest}. {Truncated} were truncated, which removed {RemovedTokens} tokens, ")
            + FormattableString.Invariant($"{RemovedLearnedTokens} of them learned. {WithoutLearnedTokens} were left out: they have no learned token.");
    }
}
