using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Changes the type of the marked field or property to <c>ModuleList</c>, and the expression that creates it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakeModuleListFix() : Fix(FixKind.MakeModuleList)
{
    private protected override SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations.FirstOrDefault() is not { } place
            || Declared(node) is not { } type
            || root.FindNode(place.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionSyntax>() is not { } creation
            || Made(creation, Hint(diagnostic, FixHint.Text)) is not { } made)
        {
            return null;
        }

        var list = SyntaxFactory.ParseTypeName(Hint(diagnostic, FixHint.Text)).WithTriviaFrom(type);
        return root.ReplaceNodes([type, creation], (replaced, _) => replaced == type ? list : made.WithTriviaFrom(creation));
    }

    private static TypeSyntax? Declared(SyntaxNode node)
    {
        return node.FirstAncestorOrSelf<VariableDeclarationSyntax>()?.Type ?? node.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Type;
    }

    private static ExpressionSyntax? Made(ExpressionSyntax creation, string type)
    {
        return creation switch
        {
            ImplicitObjectCreationExpressionSyntax => creation,
            ObjectCreationExpressionSyntax { Initializer: var initializer } => Of(type, initializer is null ? [] : initializer.Expressions),
            CollectionExpressionSyntax collection => Of(type, collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression)),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => Of(type, initializer.Expressions),
            ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => Of(type, initializer.Expressions),
            InitializerExpressionSyntax initializer => Of(type, initializer.Expressions),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call =>
                Of(type, [call.WithExpression(access.WithName(SyntaxFactory.IdentifierName("ToArray").WithTriviaFrom(access.Name))).WithoutTrivia()]),
            _ => null,
        };
    }

    private static ExpressionSyntax Of(string type, IEnumerable<ExpressionSyntax> modules)
    {
        return SyntaxFactory.ParseExpression($"new {type}({string.Join(", ", modules.Select(module => module.WithoutTrivia().ToFullString()))})");
    }
}
