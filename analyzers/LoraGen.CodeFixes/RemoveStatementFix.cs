using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LoraGen.CodeFixes;

/// <summary>Removes the marked statement, with its comments.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RemoveStatementFix() : Fix(FixKind.RemoveStatement)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        return Statements.Around(node) is { } statement ? root.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia) : null;
    }
}
