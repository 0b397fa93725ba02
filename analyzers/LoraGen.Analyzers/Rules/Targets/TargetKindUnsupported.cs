using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetKindUnsupported() : DeclarationRule(
    "LORA2010",
    "A target is a module of a kind that can't be adapted",
    "Target \"{0}\" only matches {1}, a {2}, which can't be adapted; remove it",
    DiagnosticSeverity.Error,
    FixKind.RemoveEntry)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { } targets)
            return;

        var entries = declaration.TargetEntries;
        foreach (var (target, place) in entries)
        {
            if (targets.MatchesLayer(target)
                || targets.Others.FirstOrDefault(other => ModelTargets.Matches(target, other)) is not { } met
                || targets.Others.Any(other => OpaqueModules.IsTargeted(target, other))
                || targets.MayHoldMore)
            {
                continue;
            }

            var type = declaration.Contents.TypesOf(met)?[0].Name ?? met.Type.Name;
            // Without its last target the option would mean every layer.
            var fix = entries.Count > 1 ? FixHint.RemoveEntry($"\"{target}\"") : null;
            report.At(place, fix, target, ModelTargets.Shown(met), type);
        }
    }
}
