using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Analyzers.Rules;

internal sealed class BatchNormMoves() : DeclarationRule(
    "LORA2016",
    "The running statistics of a norm change although the model is frozen",
    "{0} is a {1}: in train() its running statistics change although the model is frozen, and no adapter saves them; call its eval() after each train()",
    DiagnosticSeverity.Warning)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Tree is not { } tree || TrainsNorms(declaration))
            return;

        var found = tree.Members
            .Select(member => (Member: member, Type: Type(member, declaration.Contents)))
            .FirstOrDefault(found => found.Type is not null && !declaration.Contents.IsCalledOn(found.Member, "eval", "train"));
        if (found.Type is not null && !tree.Classes.Any(OverridesTrain) && !IsSwitchedSomewhere(declaration))
            report.At(declaration.Syntax.Name.GetLocation(), ModelTargets.Shown(found.Member), found.Type.Name);
    }

    // Then the running statistics are the adapter's too: they are saved, and restored when it is detached.
    private static bool TrainsNorms(AdapterDeclaration declaration)
    {
        return declaration.Method.Name == "FullFineTuning"
            || (declaration.Method.Name == "LayerNormTuning" && !new[] { "Targets", "Exclude", "Layers" }.Any(declaration.Options.Sets));
    }

    private static ITypeSymbol? Type(ModelMember member, MemberContents contents)
    {
        return contents.TypesOf(member)?.FirstOrDefault(IsNorm) is { } type && contents.AreTracked(member, unknown: IsBatchNorm(type)) ? type : null;
    }

    // Where the model is trained: foreach (var module in model.modules()) if (module is BatchNorm2d norm) norm.eval();
    private static bool IsSwitchedSomewhere(AdapterDeclaration declaration)
    {
        foreach (var file in declaration.Compilation.SyntaxTrees)
        {
            var calls = file.GetRoot(declaration.Cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Select(call => call.Expression)
                .OfType<MemberAccessExpressionSyntax>()
                .Where(access => access.Name.Identifier.ValueText is "eval" or "train");
            if (calls.Any(access => IsNorm(declaration.Contents.TypeAt(access.Expression))))
                return true;
        }

        return false;
    }

    private static bool IsNorm(ITypeSymbol? type)
    {
        return type is { Name: "InstanceNorm1d" or "InstanceNorm2d" or "InstanceNorm3d" or "InstanceNorm" or "NormBase" } && TorchTypes.IsBuiltIn(type)
            || IsBatchNorm(type);
    }

    // Only these have running statistics by default.
    private static bool IsBatchNorm(ITypeSymbol? type)
    {
        return type is { Name: "BatchNorm1d" or "BatchNorm2d" or "BatchNorm3d" or "BatchNorm" } && TorchTypes.IsBuiltIn(type);
    }

    private static bool OverridesTrain(ISymbol type) => ((INamedTypeSymbol)type).GetMembers("train").Any();
}
