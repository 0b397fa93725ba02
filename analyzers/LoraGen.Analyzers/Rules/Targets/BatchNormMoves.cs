using LoraGen.Generator.Reading;
using LoraGen.Targets;
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
        if (declaration.Tree is not { } tree)
            return;

        var found = tree.Members
            .Where(member => !IsTrained(member, declaration))
            .Select(member => (Member: member, Type: Type(member, declaration.Contents)))
            .FirstOrDefault(found => found.Type is not null && !declaration.Contents.IsCalledOn(found.Member, "eval", "train"));
        if (found.Type is not null && !tree.Classes.Any(OverridesTrain) && !IsSwitchedSomewhere(declaration))
            report.At(declaration.Syntax.Name.GetLocation(), ModelTargets.Shown(found.Member), found.Type.Name);
    }

    // Then the running statistics are the adapter's too: they are saved, and restored when it is detached.
    private static bool IsTrained(ModelMember norm, AdapterDeclaration declaration)
    {
        if (norm.IsIgnored || declaration.Method.Name is not ("FullFineTuning" or "LayerNormTuning" or "Freeze"))
            return false;

        // With indices, only some items of a list are.
        var selection = AttributeReader.Read(declaration.Data);
        return selection.Layers is null && new TargetSet([.. selection.Targets], [.. selection.Exclude], []).MayContainWithin(norm.Path);
    }

    private static ITypeSymbol? Type(ModelMember member, MemberContents contents)
    {
        return contents.TypesOf(member)?.FirstOrDefault(RunningStatistics.AreIn) is { } type && contents.AreTracked(member, type) ? type : null;
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
            if (calls.Any(access => RunningStatistics.AreIn(declaration.Contents.TypeAt(access.Expression))))
                return true;
        }

        return false;
    }

    private static bool OverridesTrain(ISymbol type) => ((INamedTypeSymbol)type).GetMembers("train").Any();
}
