using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Turns the marked declaration into a <c>using</c> declaration; a marked expression statement gets a variable.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakeUsingFix() : Fix(FixKind.MakeUsing)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        return node.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration => root.ReplaceNode(
                declaration,
                declaration.WithoutLeadingTrivia().WithUsingKeyword(Using).WithLeadingTrivia(declaration.GetLeadingTrivia())),
            ExpressionStatementSyntax statement when diagnostic.Properties.TryGetValue(FixHint.Text, out var name) && name is not null
                => root.ReplaceNode(statement, Declaration(name, statement.Expression).WithTriviaFrom(statement)),
            _ => null,
        };
    }

    private static SyntaxToken Using => SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space);

    private static StatementSyntax Declaration(string name, ExpressionSyntax value)
    {
        return SyntaxFactory.ParseStatement($"using var {name} = {value.WithoutTrivia().ToFullString()};");
    }
}
