using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class AlphaMeantForPlainScaling() : DeclarationRule(
    "LORA1004",
    "Alpha is meant for alpha / rank, but RankStabilized is set",
    "Alpha {0} is usual for alpha / rank, but RankStabilized divides it by √{1}, so the scaling is {2} instead of {3}; Alpha = {4} keeps it",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    // Below this rank the two scalings hardly differ.
    private const int LeastRank = 16;

    private static readonly string[] Sources = ["Alpha", "RankStabilized", "Rank"];

    /// <summary>Whether an adapter can be made with the rank and the alpha.</summary>
    public static bool CanScale(LowRankMethod low) => low.Rank > 0 && low.Alpha > 0 && Numbers.IsFinite(low.Alpha);

    public static bool AppliesTo(LowRankMethod low)
    {
        return low.RankStabilized
            && CanScale(low)
            && low.Rank >= LeastRank
            && (low.Alpha == low.Rank || low.Alpha == 2.0 * low.Rank);
    }

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (!Sources.Any(options.Sets) || !options.Know(Sources) || options.Method is not LowRankMethod low || !AppliesTo(low))
            return;

        var alike = Numbers.Tidy(low.Alpha / Math.Sqrt(low.Rank));
        report.At(
            declaration.LocationOf(Sources.First(options.Sets)),
            FixHint.SetOption("Alpha", alike),
            Numbers.Text(low.Alpha),
            low.Rank,
            Numbers.Text(low.Scaling),
            Numbers.Text(low.Alpha / low.Rank),
            alike);
    }
}
