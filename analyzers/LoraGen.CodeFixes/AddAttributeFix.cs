using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Adds an attribute to the marked member, on a separate line.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AddAttributeFix() : Fix(FixKind.AddAttribute)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member
            || SyntaxFactory.ParseMemberDeclaration($"[{Hint(diagnostic, FixHint.Text)}] int _;") is not { AttributeLists.Count: 1 } parsed)
        {
            return null;
        }

        var leading = member.GetLeadingTrivia();
        var indent = leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var end = root.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).DefaultIfEmpty(SyntaxFactory.LineFeed).First();
        var attribute = parsed.AttributeLists[0].WithLeadingTrivia(leading).WithTrailingTrivia(indent.Prepend(end));
        var bare = member.WithoutLeadingTrivia();
        return root.ReplaceNode(member, bare.WithAttributeLists(bare.AttributeLists.Insert(0, attribute)));
    }
}
