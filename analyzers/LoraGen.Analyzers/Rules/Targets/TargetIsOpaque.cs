using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetIsOpaque() : DeclarationRule(
    "LORA2011",
    "A target is a module without layers that can be adapted",
    "Target \"{0}\" means {1}, but TorchSharp's {2} has parameters but no layers in it; write {3} as Linear",
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
            var met = targets.Others.FirstOrDefault(other => OpaqueModules.IsTargeted(target, other));
            if (met is null || targets.MatchesLayer(target) || targets.MayHoldMore)
                continue;

            var parts = met.Type.Name == "MultiheadAttention" ? "its query, key, value and output" : "its products";
            // Without its last target the option would mean every layer.
            var fix = entries.Count > 1 ? FixHint.RemoveEntry($"\"{target}\"") : null;
            report.At(place, fix, target, ModelTargets.Shown(met), met.Type.Name, parts);
        }
    }
}
