using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Removes the marked entry of a list with its comma; with the last entry, removes the option.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RemoveEntryFix() : Fix(FixKind.RemoveEntry)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        return node.AncestorsAndSelf().Select(Without).FirstOrDefault(change => change.Old is not null) is ({ } old, { } changed)
            ? root.ReplaceNode(old, changed)
            : null;
    }

    private static (SyntaxNode? Old, SyntaxNode? New) Without(SyntaxNode entry)
    {
        return entry switch
        {
            CollectionElementSyntax { Parent: CollectionExpressionSyntax list } element => list.Elements.Count == 1
                ? WithoutOption(list)
                : (list, list.WithElements(Shorter(list.Elements, element))),
            ExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: ExpressionSyntax array } list } element => list.Expressions.Count == 1
                ? WithoutOption(array)
                : (list, list.WithExpressions(Shorter(list.Expressions, element))),
            _ => (null, null),
        };
    }

    // An attribute without arguments needs no parentheses.
    private static (SyntaxNode? Old, SyntaxNode? New) WithoutOption(ExpressionSyntax list)
    {
        if (list.Parent is not AttributeArgumentSyntax { Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax attribute } arguments } argument)
            return (null, null);

        return arguments.Arguments.Count == 1
            ? (attribute, attribute.WithArgumentList(null))
            : (arguments, arguments.WithArguments(Shorter(arguments.Arguments, argument)));
    }

    // The trivia after the last entry moves to the new last one, the trivia before the first to the new first one.
    private static SeparatedSyntaxList<T> Shorter<T>(SeparatedSyntaxList<T> list, T entry)
        where T : SyntaxNode
    {
        var index = list.IndexOf(entry);
        var shorter = list.RemoveAt(index);
        if (index == 0)
            return shorter.Replace(shorter[0], shorter[0].WithLeadingTrivia(entry.GetLeadingTrivia()));
        if (index == list.Count - 1)
            return shorter.Replace(shorter[index - 1], shorter[index - 1].WithTrailingTrivia(entry.GetTrailingTrivia()));
        return shorter;
    }
}
