using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Tells whether an expression that can't be repeated may at least be left out, since no module and no known value changes by it.</summary>
internal static class Effects
{
    public static void EnsureNone(ExpressionSyntax value, Names names, Variables variables, ClassFields fields)
    {
        if (value.DescendantNodesAndSelf().Any(node => MayChange(node) || (node is IdentifierNameSyntax name && IsOfModel(name))))
            throw ValueReader.Unknown(value);

        bool IsOfModel(IdentifierNameSyntax name)
        {
            if (variables.Find(name.Identifier.ValueText) is { } variable)
                return variable.Hold == Hold.Module;
            return names.InstanceMember(name.Identifier.ValueText) is { IsStatic: false } member && fields.Value(member) is null;
        }
    }

    private static bool MayChange(SyntaxNode node)
    {
        return node switch
        {
            AssignmentExpressionSyntax set => set.Parent is not InitializerExpressionSyntax,
            ThisExpressionSyntax own => own.Parent is not MemberAccessExpressionSyntax,
            PostfixUnaryExpressionSyntax step => !step.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            PrefixUnaryExpressionSyntax step => step.IsKind(SyntaxKind.PreIncrementExpression) || step.IsKind(SyntaxKind.PreDecrementExpression),
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            _ => false,
        };
    }
}
