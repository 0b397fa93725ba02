using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace LoraGen.CodeFixes;

/// <summary>Inserts statements before the marked one or before another that the rule names, or at the end of a marked constructor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class InsertStatementFix() : Fix(FixKind.InsertStatement)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        var statements = ((BlockSyntax)SyntaxFactory.ParseStatement($"{{{Hint(diagnostic, FixHint.Text)}}}")).Statements
            .Select(statement => statement.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation))
            .ToArray();
        if (diagnostic.AdditionalLocations.FirstOrDefault() is { } before)
            node = root.FindNode(before.SourceSpan);
        if (Statements.Around(node) is { } marked)
            return root.InsertNodesBefore(marked, marked is GlobalStatementSyntax ? statements.Select(Global) : statements);

        return node.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() switch
        {
            { Body: { } body } constructor => root.ReplaceNode(constructor, constructor.WithBody(body.AddStatements(statements))),
            { ExpressionBody: { } arrow } constructor => root.ReplaceNode(constructor, WithBlock(constructor, arrow, statements)),
            _ => null,
        };
    }

    private static ConstructorDeclarationSyntax WithBlock(
        ConstructorDeclarationSyntax constructor, ArrowExpressionClauseSyntax arrow, IEnumerable<StatementSyntax> statements)
    {
        var first = SyntaxFactory.ExpressionStatement(arrow.Expression).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);
        return constructor.WithExpressionBody(null)
            .WithSemicolonToken(default)
            .WithBody(SyntaxFactory.Block(statements.Prepend(first)))
            .WithTrailingTrivia(constructor.GetTrailingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    // The formatter would insert a blank line after elastic trivia.
    private static SyntaxNode Global(StatementSyntax statement)
    {
        return SyntaxFactory.GlobalStatement(statement.WithTrailingTrivia(SyntaxFactory.LineFeed));
    }
}
