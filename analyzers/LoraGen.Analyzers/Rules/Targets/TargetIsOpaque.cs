using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetIsOpaque() : DeclarationRule(
    "LORA2011",
    "A target is a module with nothing in it that can be adapted",
    "Target \"{0}\" means {1}, but TorchSharp's {2} has parameters and no layers in it; write {3} as Linear",
    DiagnosticSeverity.Error,
    FixKind.RemoveEntry)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { } targets)
            return;

        var entries = declaration.Entries("Targets");
        foreach (var (target, place) in entries)
        {
            var met = targets.Others.FirstOrDefault(other => OpaqueModules.IsMeant(target, other));
            if (met is null || targets.MeetsLayer(target) || targets.MayHoldMore)
                continue;

            var parts = met.Type.Name == "MultiheadAttention" ? "its query, key, value and output" : "its products";
            // Without targets every layer would be one.
            var fix = entries.Count > 1 ? FixHint.RemoveEntry($"\"{target}\"") : null;
            report.At(place, fix, target, ModelTargets.Shown(met), met.Type.Name, parts);
        }
    }
}
