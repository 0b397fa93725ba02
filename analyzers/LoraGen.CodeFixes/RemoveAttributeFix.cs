using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Removes the marked attribute, and empty brackets with it. Comments before it are kept.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RemoveAttributeFix() : Fix(FixKind.RemoveAttribute)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute)
            return null;
        if (list.Attributes.Count > 1)
            return root.ReplaceNode(list, list.WithAttributes(Without(list.Attributes, attribute)));

        var tracked = root.TrackNodes(list);
        var next = tracked.GetCurrentNode(list)!.GetLastToken().GetNextToken(includeZeroWidth: true);
        tracked = tracked.ReplaceToken(next, next.WithLeadingTrivia(Joined(list.GetLeadingTrivia(), next.LeadingTrivia, isFirst: list.FullSpan.Start == 0)));
        return tracked.RemoveNode(tracked.GetCurrentNode(list)!, SyntaxRemoveOptions.KeepNoTrivia);
    }

    private static SeparatedSyntaxList<AttributeSyntax> Without(SeparatedSyntaxList<AttributeSyntax> attributes, AttributeSyntax attribute)
    {
        var left = attributes.Remove(attribute);
        return left.Replace(left[0], left[0].WithLeadingTrivia(attributes[0].GetLeadingTrivia()));
    }

    // The trivia before the brackets, then that before the next token, with one indentation.
    private static SyntaxTriviaList Joined(SyntaxTriviaList before, SyntaxTriviaList next, bool isFirst)
    {
        if (next.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            return before;

        var kept = before.LastOrDefault().IsKind(SyntaxKind.WhitespaceTrivia) ? before.RemoveAt(before.Count - 1) : before;
        return isFirst && kept.Count == 0
            ? SyntaxFactory.TriviaList(next.SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            : kept.AddRange(next);
    }
}
