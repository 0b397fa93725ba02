using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetMatchesNothing() : DeclarationRule(
    "LORA2001",
    "A target matches no layer",
    "Target \"{0}\" matches no layer of {1}; {2}",
    DiagnosticSeverity.Error,
    FixKind.Replace)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { Layers.Count: > 0 } targets)
            return;

        foreach (var (target, place) in declaration.TargetEntries)
        {
            if (targets.OfOtherKind(target) is { } other && !targets.MayHoldMore)
            {
                var kind = $"{ModelTargets.Shown(other)} is of kind {targets.KindOf(other)}, which Kinds leaves out";
                report.At(place, target, declaration.Model!.Name, kind);
                continue;
            }

            // Other rules report regular expressions and modules that can't be adapted.
            if (targets.MatchesLayer(target)
                || RegexPattern.Is(target)
                || targets.Others.Any(module => ModelTargets.Matches(target, module) || OpaqueModules.IsTargeted(target, module))
                || targets.MayHoldMore)
            {
                continue;
            }

            var advice = MissedPattern.Advice(target, targets);
            if (MissedPattern.Meant(target, targets.Layers) is { } meant)
                report.At(place, FixHint.Replace($"\"{meant}\""), target, declaration.Model!.Name, advice);
            else
                report.At(place, target, declaration.Model!.Name, advice);
        }
    }
}
