using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Tells whether an expression that can't be repeated may at least be left out, since no module and no known value changes by it.</summary>
internal static class Effects
{
    public static void EnsureNone(ExpressionSyntax value, BodyReader body)
    {
        if (value.DescendantNodesAndSelf().Any(node => MayChange(node) || (node is IdentifierNameSyntax name && IsOfModel(name) && !IsTensorMethod(name))))
            throw ValueReader.Unknown(value);

        bool IsTensorMethod(IdentifierNameSyntax name)
        {
            return name.Parent is InvocationExpressionSyntax call && call.Expression == name && body.Buffers.IsTensorMethod(call);
        }

        bool IsOfModel(IdentifierNameSyntax name)
        {
            if (body.Variables.Find(name.Identifier.ValueText) is { } variable)
                return variable.Hold is Hold.Module or Hold.List || variable.Function is not null || HandsOut(name, body);
            return body.Names.InstanceMember(name.Identifier.ValueText) is { IsStatic: false } member && body.Fields.Value(member) is null;
        }
    }

    /// <summary>Whether it is a collection in a variable, given to who may change it.</summary>
    public static bool HandsOut(SyntaxNode node, BodyReader body)
    {
        return node is IdentifierNameSyntax { Parent: ArgumentSyntax or MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } } name
            && body.Variables.Find(name.Identifier.ValueText) is
                ({ Hold: Hold.List } or { Type: IArrayTypeSymbol or INamedTypeSymbol { IsGenericType: true } });
    }

    /// <summary>Whether a piece of an expression puts something somewhere, or hands out what may be changed.</summary>
    public static bool MayChange(SyntaxNode node)
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
