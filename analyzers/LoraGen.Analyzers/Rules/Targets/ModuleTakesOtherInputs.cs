using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class ModuleTakesOtherInputs() : DeclarationRule(
    "LORA2024",
    "A bottleneck adapter is put after a module that isn't called with one tensor",
    "{0}: {1} is no Module<Tensor, Tensor>, so no adapter can be put after it; name the module in it that computes its output, such as its last "
    + "projection",
    DiagnosticSeverity.Error)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration is not { Method.AdaptsModules: true, Tree: { } tree, Targets: { } targets })
            return;

        var first = tree.Members.FirstOrDefault(member => !member.IsIgnored && IsOther(member) && targets.Of(member) == Targeted.Yes);
        if (first is not null)
            report.At(declaration.LocationOf("After"), ModelTargets.Shown(first), first.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
    }

    // A member of an open type may hold anything.
    private static bool IsOther(ModelMember member)
    {
        return member.Kind is MemberKind.Module or MemberKind.ModuleList && !TorchTypes.DerivesFromTensorModule(member.Type);
    }
}
