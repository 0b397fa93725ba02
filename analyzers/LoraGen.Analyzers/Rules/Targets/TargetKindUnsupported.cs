using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetKindUnsupported() : DeclarationRule(
    "LORA2010",
    "A target is a module of a kind that can't be adapted",
    "Target \"{0}\" meets {1} alone, a {2}, which can't be adapted; leave it out",
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
            if (targets.MeetsLayer(target)
                || targets.Others.FirstOrDefault(other => ModelTargets.Meets(target, other)) is not { } met
                || targets.Others.Any(other => OpaqueModules.IsMeant(target, other))
                || targets.MayHoldMore)
            {
                continue;
            }

            var type = declaration.Contents.TypesOf(met)?[0].Name ?? met.Type.Name;
            // Without targets every layer would be one.
            var fix = entries.Count > 1 ? FixHint.RemoveEntry($"\"{target}\"") : null;
            report.At(place, fix, target, ModelTargets.Shown(met), type);
        }
    }
}
