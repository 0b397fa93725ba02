using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace LoraGen.CodeFixes;

/// <summary>Inserts a statement before the marked one or before another that the rule names, or at the end of a marked constructor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class InsertStatementFix() : Fix(FixKind.InsertStatement)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        var statement = SyntaxFactory.ParseStatement(Hint(diagnostic, FixHint.Text))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);
        if (diagnostic.AdditionalLocations.FirstOrDefault() is { } before)
            node = root.FindNode(before.SourceSpan);
        if (Statements.Around(node) is { } marked)
            return root.InsertNodesBefore(marked, [marked is GlobalStatementSyntax ? Global(statement) : statement]);

        return node.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is { Body: { } body } constructor
            ? root.ReplaceNode(constructor, constructor.WithBody(body.AddStatements(statement)))
            : null;
    }

    // The formatter would insert a blank line after elastic trivia.
    private static GlobalStatementSyntax Global(StatementSyntax statement)
    {
        return SyntaxFactory.GlobalStatement(statement.WithTrailingTrivia(SyntaxFactory.LineFeed));
    }
}
