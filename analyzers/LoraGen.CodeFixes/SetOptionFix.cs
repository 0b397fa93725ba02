using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Sets an option of the marked attribute, whether or not it is set already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SetOptionFix() : Fix(FixKind.SetOption)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return null;

        var option = Hint(diagnostic, FixHint.Option);
        var value = SyntaxFactory.ParseExpression(Hint(diagnostic, FixHint.Text));
        var set = attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == option);
        return set is not null
            ? root.ReplaceNode(set.Expression, value.WithTriviaFrom(set.Expression))
            : root.ReplaceNode(attribute, With(attribute, option, value));
    }

    private static AttributeSyntax With(AttributeSyntax attribute, string option, ExpressionSyntax value)
    {
        var argument = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(option)).NormalizeWhitespace().WithTrailingTrivia(SyntaxFactory.Space), null, value);
        if (attribute.ArgumentList is not { Arguments.Count: > 0 } list)
            return attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList([argument]));

        return attribute.WithArgumentList(list.WithArguments(list.Arguments.Add(argument.WithLeadingTrivia(SyntaxFactory.Space))));
    }
}
