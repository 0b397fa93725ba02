using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Removes an option from the marked attribute, and empty parentheses with it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RemoveOptionFix() : Fix(FixKind.RemoveOption)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        var option = Hint(diagnostic, FixHint.Option);
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { ArgumentList: { } list } attribute)
            return null;

        var index = list.Arguments.IndexOf(argument => argument.NameEquals?.Name.Identifier.ValueText == option);
        if (index < 0)
            return null;
        if (list.Arguments.Count == 1)
            return root.ReplaceNode(attribute, attribute.WithArgumentList(null));

        // The argument after a removed first one keeps the first one's trivia; any other is removed with the comma before it.
        var arguments = list.Arguments.RemoveAt(index);
        if (index == 0)
            arguments = arguments.Replace(arguments[0], arguments[0].WithLeadingTrivia(list.Arguments[0].GetLeadingTrivia()));
        return root.ReplaceNode(list, list.WithArguments(arguments));
    }
}
