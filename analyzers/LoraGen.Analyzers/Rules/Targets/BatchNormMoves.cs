using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class BatchNormMoves() : DeclarationRule(
    "LORA2016",
    "The running statistics of a BatchNorm move though the model is frozen",
    "{0} is a {1}: in train() its running statistics move though the model is frozen, and no adapter saves them; call its eval() after each train()",
    DiagnosticSeverity.Warning)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Tree is not { } tree)
            return;

        var found = tree.Members
            .Select(member => (Member: member, Type: Type(member, declaration.Contents)))
            .FirstOrDefault(found => found.Type is not null && !declaration.Contents.IsCalledOn(found.Member, "eval", "train"));
        if (found.Type is not null && !tree.Classes.Any(OverridesTrain))
            report.At(declaration.Syntax.Name.GetLocation(), ModelTargets.Shown(found.Member), found.Type.Name);
    }

    private static ITypeSymbol? Type(ModelMember member, MemberContents contents)
    {
        return contents.TypesOf(member)?.FirstOrDefault(type =>
            TorchTypes.IsBuiltIn(type) && type.Name is "BatchNorm1d" or "BatchNorm2d" or "BatchNorm3d");
    }

    private static bool OverridesTrain(ISymbol type) => ((INamedTypeSymbol)type).GetMembers("train").Any();
}
