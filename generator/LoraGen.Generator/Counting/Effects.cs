using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Tells whether an expression that is not repeated may be left out, since no module and no known value changes by it.</summary>
internal sealed class Effects(BodyReader body)
{
    private readonly Handouts _handouts = new(body);

    /// <summary>Throws for an expression that can't be left out.</summary>
    public void EnsureNone(ExpressionSyntax value)
    {
        var runs = value.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
        if (value.DescendantNodesAndSelf().Any(node => MayChange(node) || (node is IdentifierNameSyntax name && IsOfModel(name, runs) && !IsTensorMethod(name))))
            throw ValueReader.Unknown(value);
    }

    /// <summary>The same for each argument.</summary>
    public void EnsureNone(BaseArgumentListSyntax? arguments)
    {
        foreach (var argument in arguments?.Arguments ?? default)
        {
            if (MayChange(argument))
                throw ValueReader.Unknown(argument);
            EnsureNone(argument.Expression);
        }
    }

    /// <summary>Whether a piece of an expression puts something somewhere, or gives away what may then be changed.</summary>
    public bool MayChange(SyntaxNode node)
    {
        return Puts(node) || node is SingleVariableDesignationSyntax || _handouts.GivesAway(node)
            || (node is InvocationExpressionSyntax call && body.Methods.IsOfClass(call) && !body.Buffers.IsTensorMethod(call));
    }

    /// <summary>Whether a piece of code puts something somewhere, or hands out the object itself.</summary>
    public static bool Puts(SyntaxNode node)
    {
        return node switch
        {
            AssignmentExpressionSyntax set => set.Parent is not InitializerExpressionSyntax,
            ThisExpressionSyntax own => own.Parent is not MemberAccessExpressionSyntax,
            PostfixUnaryExpressionSyntax step => !step.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            PrefixUnaryExpressionSyntax step => step.IsKind(SyntaxKind.PreIncrementExpression) || step.IsKind(SyntaxKind.PreDecrementExpression),
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            AwaitExpressionSyntax => true,
            _ => false,
        };
    }

    private bool IsTensorMethod(IdentifierNameSyntax name)
    {
        return name.Parent is InvocationExpressionSyntax call && call.Expression == name && body.Buffers.IsTensorMethod(call);
    }

    // What is only looked at stays as it is.
    private bool IsOfModel(IdentifierNameSyntax name, bool runs)
    {
        if (body.Variables.Find(name.Identifier.ValueText) is { } variable)
            return (runs && variable.Hold is Hold.Module or Hold.List) || variable.Function is not null;
        return body.Names.InstanceMember(name.Identifier.ValueText) is { IsStatic: false } member && body.Fields.Value(member) is null
            && (runs || member is not IFieldSymbol);
    }
}
