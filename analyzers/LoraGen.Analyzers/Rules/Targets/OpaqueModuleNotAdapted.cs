using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class OpaqueModuleNotAdapted() : DeclarationRule(
    "LORA2017",
    "A module stays unadapted because it has no layers in it",
    "{0} ({1}) stays frozen and unadapted: TorchSharp's {1} has parameters but no layers in it; "
        + "write it with Linear, or set Targets to the layers that are meant",
    DiagnosticSeverity.Info)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { Layers.Count: > 0 } targets || declaration.Options.Sets("Targets"))
            return;

        if (targets.Others.FirstOrDefault(other => OpaqueModules.Is(other.Type)) is { } first)
            report.At(declaration.Syntax.Name.GetLocation(), ModelTargets.Shown(first), first.Type.Name);
    }
}
