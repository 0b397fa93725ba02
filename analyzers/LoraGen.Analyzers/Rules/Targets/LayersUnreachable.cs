using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class LayersUnreachable() : DeclarationRule(
    "LORA2018",
    "No adapter can reach the layers of a collection",
    "{0} is a collection that TorchSharp doesn't register and that generated code can't read: nothing in it is adapted, moved or saved; make it a ModuleList",
    DiagnosticSeverity.Warning)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var first = declaration.Tree?.Members.FirstOrDefault(member =>
            member.Kind == MemberKind.UnreadableCollection && !member.IsIgnored
            && !HandRegistrations.AreIn(member.Field.ContainingType, declaration.Cancellation));
        if (first is not null)
            report.At(declaration.Syntax.Name.GetLocation(), ModelTargets.Shown(first));
    }
}
