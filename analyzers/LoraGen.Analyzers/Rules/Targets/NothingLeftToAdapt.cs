using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class NothingLeftToAdapt() : DeclarationRule(
    "LORA2006",
    "No layer is left to adapt",
    "{0} has nothing to adapt: {1}",
    DiagnosticSeverity.Error,
    FixKind.RemoveOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        // A target that meets nothing has a rule of its own.
        if (declaration.Targets is not { } targets
            || targets.Adapted.Any()
            || (targets.Layers.Count > 0 && declaration.Entries("Targets").Any(entry => !targets.MeetsLayer(entry.Text)))
            || targets.MayHoldMore)
        {
            return;
        }

        var canRemove = targets.Layers.Count > 0 && declaration.Options.Sets("Exclude");
        report.At(declaration.LocationOf("Exclude"), canRemove ? FixHint.RemoveOption("Exclude") : null, declaration.Model!.Name, Why(declaration, targets));
    }

    private static string Why(AdapterDeclaration declaration, ModelTargets targets)
    {
        if (declaration.Options.Sets("Layers") && targets.Layers.Count > 0)
            return "no targeted layer stands in a ModuleList, and Layers is about those alone; leave Layers out";
        if (targets.Layers.Count > 0)
            return $"{(targets.Layers.Count == 1 ? "its one layer is" : $"all its {targets.Layers.Count} layers are")} excluded; exclude less";
        return targets.Ignored.Any(member => member.IsLayer)
            ? "every layer has [LoraIgnore]; ignore less"
            : "it has no Linear layer; take the attribute away, or declare its layers";
    }
}
