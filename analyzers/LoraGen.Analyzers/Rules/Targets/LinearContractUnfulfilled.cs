using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class LinearContractUnfulfilled() : DeclarationRule(
    "LORA2021",
    "A targeted ILinearLayer isn't called with one tensor",
    "{0} is targeted, but {1} implements ILinearLayer without being a Module<Tensor, Tensor>, so no adapter can act on its calls; adapt a layer within it, and "
    + "put [LoraIgnore] on it or add it to Exclude",
    DiagnosticSeverity.Error)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Tree is not { } tree || declaration.Targets is not { } targets)
            return;

        var first = tree.Members.FirstOrDefault(member => !member.IsIgnored && IsFaulty(member) && targets.Of(member) == Targeted.Yes);
        if (first is not null)
            report.At(declaration.LocationOf("Targets"), ModelTargets.Shown(first), first.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
    }

    // What a collection holds is only known when attaching.
    private static bool IsFaulty(ModelMember member)
    {
        return member.Kind is MemberKind.Module or MemberKind.ModuleList or MemberKind.Open or MemberKind.Unreadable
            && TorchTypes.IsModule(member.Type)
            && !TorchTypes.DerivesFromTensorModule(member.Type)
            && LayerTypes.HasContract(member.Type);
    }
}
