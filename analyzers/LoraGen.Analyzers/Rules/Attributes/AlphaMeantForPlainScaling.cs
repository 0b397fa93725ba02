using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class AlphaMeantForPlainScaling() : DeclarationRule(
    "LORA1004",
    "Alpha is meant for alpha / rank, but RankStabilized is set",
    "Alpha {0} is usual for alpha / rank, but RankStabilized divides it by √{1}, so the scaling is {2} instead of {3}; Alpha = {4} keeps it",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    // Below it the two scalings are near enough.
    private const int LeastRank = 16;

    private static readonly string[] Sources = ["Alpha", "RankStabilized", "Rank"];

    public static bool AppliesTo(OptionValues options)
    {
        return options.IsRankStabilized
            && options.CanScale
            && options.Rank >= LeastRank
            && (options.Alpha == options.Rank || options.Alpha == 2.0 * options.Rank);
    }

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (!Sources.Any(options.Sets) || !options.Know(Sources) || !AppliesTo(options))
            return;

        var alike = Numbers.Tidy(options.Alpha / Math.Sqrt(options.Rank));
        report.At(
            declaration.LocationOf(Sources.First(options.Sets)),
            FixHint.SetOption("Alpha", alike),
            Numbers.Text(options.Alpha),
            options.Rank,
            Numbers.Text(options.Scaling),
            Numbers.Text(options.Alpha / options.Rank),
            alike);
    }
}
