namespace LoraGen;

/// <summary>What is wrong with the options that several methods have: alpha and dropout.</summary>
internal static class ScalingFaults
{
    /// <param name="alpha">The numerator of the scaling.</param>
    /// <param name="rank">The rank; it may be invalid itself.</param>
    /// <param name="dropout">The probability with which an input is set to zero.</param>
    public static IEnumerable<OptionFault> Of(double alpha, int rank, double dropout)
    {
        if (!(alpha > 0 && Numbers.IsFinite(alpha)))
        {
            var usual = Numbers.Tidy(2.0 * (rank > 0 ? rank : LowRankMethod.DefaultRank));
            yield return OptionRule.AlphaNotPositive.Broken(["Alpha"], new("Alpha", usual), alpha, usual);
        }

        if (OfDropout(dropout) is { } fault)
            yield return fault;
    }

    /// <summary>What is wrong with a dropout; null if it is a probability.</summary>
    public static OptionFault? OfDropout(double dropout)
    {
        if (dropout is >= 0 and < 1)
            return null;

        // A value from 1 on is most likely a percentage.
        var meant = Numbers.Tidy(dropout is >= 1 and < 100 ? dropout / 100 : 0.05);
        return OptionRule.DropoutOutOfRange.Broken(["Dropout"], new("Dropout", meant), dropout, meant);
    }
}
