using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetMeetsNothing() : DeclarationRule(
    "LORA2001",
    "A target meets no layer",
    "Target \"{0}\" meets no layer of {1}; {2}",
    DiagnosticSeverity.Error,
    FixKind.Replace)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { Layers.Count: > 0 } targets)
            return;

        foreach (var (target, place) in declaration.Entries("Targets"))
        {
            // Regular expressions and what can't be adapted have rules of their own.
            if (targets.MeetsLayer(target)
                || RegexPattern.Is(target)
                || targets.Others.Any(other => ModelTargets.Meets(target, other) || OpaqueModules.IsMeant(target, other))
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
