using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Tells tensors that are surely no parameters, such as a model's masks and tables of positions.</summary>
internal sealed class BufferReader(BodyReader body)
{
    private readonly TensorMethods _methods = new(body.Functions);

    public bool IsBuffer(ExpressionSyntax value)
    {
        return value switch
        {
            ParenthesizedExpressionSyntax inner => IsBuffer(inner.Expression),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsBuffer(suppressed.Operand),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } negative => IsBuffer(negative.Operand),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.MultiplyExpression
                or (int)SyntaxKind.DivideExpression } binary => IsBuffer(binary.Left) || IsBuffer(binary.Right),
            ElementAccessExpressionSyntax element => IsBuffer(element.Expression),
            IdentifierNameSyntax name => body.Variables.Find(name.Identifier.ValueText) is { IsBuffer: true },
            InvocationExpressionSyntax call => IsBuffer(call),
            _ => false,
        };
    }

    /// <summary>Whether it calls a method of the user's that makes a tensor of numbers, and does nothing else.</summary>
    public bool IsTensorMethod(InvocationExpressionSyntax call) => body.Methods.Find(call)?.Symbol is { } method && _methods.Contains(method);

    private bool IsBuffer(InvocationExpressionSyntax call)
    {
        if (body.Methods.Find(call) is not null)
            return IsTensorMethod(call);

        // In place it would be what it was given.
        if (body.Shapes.Factory(call, "torch") is { } function)
            return !function.EndsWith("_", StringComparison.Ordinal);
        return call.Expression is MemberAccessExpressionSyntax { Expression: var owner, Name: IdentifierNameSyntax { Identifier.ValueText: var method } }
            && IsBuffer(owner) && body.Functions.IsTensorMember(method);
    }
}
