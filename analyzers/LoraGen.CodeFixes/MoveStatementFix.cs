using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LoraGen.CodeFixes;

/// <summary>Moves the marked statement after another one of the same file, with its comments.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MoveStatementFix() : Fix(FixKind.MoveStatement)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations.FirstOrDefault() is not { } behind
            || Statements.Around(node) is not { } marked
            || Statements.Around(root.FindNode(behind.SourceSpan)) is not { } other
            || marked == other)
        {
            return null;
        }

        var tracked = root.TrackNodes(marked, other);
        tracked = tracked.InsertNodesAfter(tracked.GetCurrentNode(other)!, [marked]);
        return tracked.RemoveNode(tracked.GetCurrentNode(marked)!, SyntaxRemoveOptions.KeepNoTrivia);
    }
}
