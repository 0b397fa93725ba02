using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Analyzers.Rules;

internal sealed class HandWrittenBothZero() : ModuleRule(
    "LORA6001",
    "Both matrices of a hand-written LoRA start at zero",
    "{0} and {1} both start at zero, so neither ever gets a gradient; start {0} at random",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    private static readonly HashSet<string> Ranks = ["r", "rank", "_r", "_rank", "lora_r", "lora_rank", "loraRank", "Rank", "R"];

    public override void Check(ModuleClass module, Report report)
    {
        if (module.HandWritten is { } lora && MatrixStart.Of(lora.A, module) is { } a && MatrixStart.Of(lora.B, module) is not null)
            report.At(a.Zeros.Syntax.GetLocation(), Random(a.Zeros.Syntax), lora.NameOfA, lora.NameOfB);
    }

    // Normal with a deviation of 1 / rank, as PEFT's "gaussian"; a product of a tensor that requires a gradient would not be a leaf any more.
    private static FixHint? Random(SyntaxNode zeros)
    {
        if (zeros is not InvocationExpressionSyntax { Expression: var called, ArgumentList: var list } call
            || list.Arguments.Any(argument => argument.NameColon?.Name.Identifier.ValueText == "requires_grad"))
        {
            return null;
        }

        var name = called switch
        {
            IdentifierNameSyntax identifier => identifier,
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax identifier } => identifier,
            _ => null,
        };
        if (name?.Identifier.ValueText != "zeros")
            return null;

        var rank = list.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(identifier => Ranks.Contains(identifier.Identifier.ValueText));
        var random = called.ReplaceNode(name, name.WithIdentifier(SyntaxFactory.Identifier("randn")));
        return FixHint.Replace($"{call.WithExpression(random).WithoutTrivia()}.mul({(rank is null ? "0.01" : $"1.0 / {rank.Identifier.ValueText}")})");
    }
}
