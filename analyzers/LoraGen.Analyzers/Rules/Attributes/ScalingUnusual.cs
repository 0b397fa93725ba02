using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class ScalingUnusual() : DeclarationRule(
    "LORA1003",
    "The scaling is unusually large or small",
    "Alpha {0} with rank {1} scales what the adapter adds by {2}; Alpha is usually {3} or {4}, for a scaling of 1 or 2",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    private const double Least = 0.1;
    private const double Most = 8;

    // A scaling that should equal a limit is accepted even if the division rounds.
    private const double Rounding = 1e-9;

    private static readonly string[] Sources = ["Alpha", "Rank", "RankStabilized"];

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (!Sources.Any(options.Sets) || !options.Know(Sources) || options.Method is not LowRankMethod low || !AlphaMeantForPlainScaling.CanScale(low))
            return;
        if (AlphaMeantForPlainScaling.AppliesTo(low) || low.Scaling is >= Least - Rounding and <= Most + Rounding)
            return;

        var one = low.Alpha / low.Scaling;
        report.At(
            declaration.LocationOf(Sources.First(options.Sets)),
            FixHint.SetOption("Alpha", Numbers.Tidy(2 * one)),
            Numbers.Text(low.Alpha),
            low.Rank,
            Numbers.Text(low.Scaling),
            Numbers.Tidy(one),
            Numbers.Tidy(2 * one));
    }
}
