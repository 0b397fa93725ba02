using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class RegexInTarget() : DeclarationRule(
    "LORA2003",
    "A target is a regular expression",
    "\"{0}\" in {1} is a regular expression, which matches no layer: entries are names with * for any characters{2}",
    DiagnosticSeverity.Error,
    FixKind.Replace)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { } targets)
            return;

        foreach (var option in new[] { "Targets", "Exclude" })
        {
            foreach (var (pattern, place) in declaration.Entries(option))
            {
                if (!RegexPattern.Is(pattern) || targets.MatchesLayer(pattern) || targets.Others.Any(other => ModelTargets.Matches(pattern, other)))
                    continue;

                if (RegexPattern.ToGlob(pattern) is { Length: > 0 } glob && targets.MatchesLayer(glob))
                    report.At(place, FixHint.Replace($"\"{glob}\""), pattern, option, $"; write \"{glob}\"");
                else
                    report.At(place, pattern, option, ", one for each layer");
            }
        }
    }
}
