using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Replaces the marked expression.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ReplaceFix() : Fix(FixKind.Replace)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        var expression = node as ExpressionSyntax ?? (node as ArgumentSyntax)?.Expression ?? (node as AttributeArgumentSyntax)?.Expression;
        return expression is null
            ? null
            : root.ReplaceNode(expression, SyntaxFactory.ParseExpression(Hint(diagnostic, FixHint.Text)).WithTriviaFrom(expression));
    }
}
