using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class LayersUnreachable() : DeclarationRule(
    "LORA2018",
    "No adapter can reach the layers that a member holds",
    "{0} holds modules that TorchSharp doesn't register and that generated code can't read: they are neither adapted, moved nor saved; hold them in fields "
    + "or a ModuleList",
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
