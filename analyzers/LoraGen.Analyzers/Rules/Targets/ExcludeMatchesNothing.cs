using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class ExcludeMatchesNothing() : DeclarationRule(
    "LORA2005",
    "An exclusion matches no layer",
    "Exclude \"{0}\" matches no layer of {1}; {2}",
    DiagnosticSeverity.Error,
    FixKind.RemoveEntry)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { Layers.Count: > 0 } targets)
            return;

        foreach (var (pattern, place) in declaration.Entries("Exclude"))
        {
            if (!targets.MatchesLayer(pattern) && !RegexPattern.Is(pattern) && !targets.MayHoldMore)
                report.At(place, FixHint.RemoveEntry($"\"{pattern}\""), pattern, declaration.Model!.Name, Advice(pattern, targets));
        }
    }

    private static string Advice(string pattern, ModelTargets targets)
    {
        return targets.Others.FirstOrDefault(other => ModelTargets.Matches(pattern, other)) is { } other
            ? $"{ModelTargets.Shown(other)} is a {other.Type.Name}, which is never adapted"
            : MissedPattern.Advice(pattern, targets);
    }
}
