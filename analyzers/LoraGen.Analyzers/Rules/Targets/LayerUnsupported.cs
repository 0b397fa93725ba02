using LoraGen.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class LayerUnsupported() : DeclarationRule(
    "LORA2019",
    "The method can't adapt a layer",
    "{0}: {1}",
    DiagnosticSeverity.Error)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Options.Method is not { } method || declaration.Targets is not { } targets)
            return;

        // What a rank does not fit has a rule of its own, with a fix.
        foreach (var layer in targets.Adapted.Where(layer => targets.Of(layer) == Targeted.Yes && !targets.IsAskedFor(layer)))
        {
            if (FactsOf(layer, declaration, targets) is { } facts && method.Unsupported(facts) is { } fault && !fault.Options.Contains("Rank"))
            {
                report.At(declaration.LocationOf(fault.Options.FirstOrDefault() ?? "Targets"), ModelTargets.Shown(layer), fault.Message);
                return;
            }
        }
    }

    // Sizes that aren't known don't matter to what is asked.
    private static LayerFacts? FactsOf(ModelMember layer, AdapterDeclaration declaration, ModelTargets targets)
    {
        var groups = declaration.Contents.GroupsOf(layer.Symbol, layer.Class, layer.IsInList) ?? 1;
        return targets.KindOf(layer) is var kind and not LayerKind.Unknown
            ? new LayerFacts(kind, layer.Type?.Name ?? "layer", groups, groups, [], groups) { Path = layer.Path }
            : null;
    }
}
