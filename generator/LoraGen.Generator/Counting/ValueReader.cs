using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>
/// Repeats an expression that computes a size or a condition. Only forms without effects, of which every name is known; anything else is unknown,
/// never guessed.
/// </summary>
internal sealed class ValueReader(BodyReader body)
{
    private readonly NamedValueReader _named = new(body);
    private readonly ArrayReader _arrays = new(body);

    /// <param name="value">The expression.</param>
    /// <param name="target">The type of what it is put into, which <c>[1, 2]</c> and <c>new()</c> take; null where there is none.</param>
    public (ShapeCode Code, ITypeSymbol? Type) Read(ExpressionSyntax value, ITypeSymbol? target = null)
    {
        switch (value)
        {
            case LiteralExpressionSyntax literal:
                return body.Texts.Literal(literal);
            case InterpolatedStringExpressionSyntax text:
                return body.Texts.Interpolated(text);
            case ParenthesizedExpressionSyntax inner:
                return Within("(", Read(inner.Expression, target), ")");
            case CheckedExpressionSyntax inner:
                return Within(inner.Keyword.ValueText + "(", Read(inner.Expression), ")");
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Read(suppressed.Operand, target);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.UnaryPlusExpression
                or (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.BitwiseNotExpression } unary:
                return Within(unary.OperatorToken.Text, Read(unary.Operand), string.Empty) is var (operand, type)
                    ? (operand, NumberTypes.Unary(type, body.Names))
                    : default;
            case BinaryExpressionSyntax binary:
                return Binary(binary);
            case ConditionalExpressionSyntax choice:
                return Choice(choice, target);
            case SwitchExpressionSyntax choice:
                return (body.Patterns.Choice(choice, arm => Read(arm, target).Code), null);
            case ThrowExpressionSyntax thrown:
                return (Lines.Throw(Text(thrown.Expression)), null);
            case CastExpressionSyntax cast:
                return Cast(cast);
            case IsPatternExpressionSyntax pattern:
                return (ShapeCode.Join(Compared(pattern.Expression, pattern.Pattern), " is ", body.Patterns.Read(pattern.Pattern)), body.Names.Bool);
            case TupleExpressionSyntax tuple:
                return (ShapeCode.Join("(", Lines.List(tuple.Arguments.Select(argument => Read(argument.Expression).Code)), ")"), null);
            case InvocationExpressionSyntax call:
                return Call(call);
            default:
                return _arrays.Read(value, target) ?? _named.Read(value) ?? throw Unknown(value);
        }
    }

    /// <summary>What stands between brackets: a value, from the end or not.</summary>
    public ShapeCode Index(ExpressionSyntax index)
    {
        return index is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression } fromEnd
            ? ShapeCode.Join("^", Read(fromEnd.Operand).Code)
            : Read(index).Code;
    }

    public static UnknownShapeException Unknown(SyntaxNode value) => new($"{Text(value)} can't be told from the source", value);

    /// <summary>On one line, and not too long.</summary>
    public static string Text(SyntaxNode value)
    {
        var text = string.Join(" ", value.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 80 ? text.Substring(0, 80) + "…" : text;
    }

    private static (ShapeCode Code, ITypeSymbol? Type) Within(string before, (ShapeCode Code, ITypeSymbol? Type) value, string after)
    {
        return (ShapeCode.Join(before, value.Code, after), value.Type);
    }

    // Whether there is a module can be asked too.
    private ShapeCode Compared(ExpressionSyntax value, PatternSyntax pattern)
    {
        var isNull = pattern is ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression }
            or UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } };
        return isNull && body.Shapes.Place(value) is var (module, _) ? module : Read(value).Code;
    }

    private (ShapeCode Code, ITypeSymbol? Type) Binary(BinaryExpressionSyntax binary)
    {
        if (binary.IsKind(SyntaxKind.AsExpression))
            throw Unknown(binary);

        if (binary.Right.IsKind(SyntaxKind.NullLiteralExpression) && binary.Kind() is (SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression)
            && body.Shapes.Place(binary.Left) is var (module, _))
            return (ShapeCode.Join(module, $" {binary.OperatorToken.Text} null"), body.Names.Bool);

        var (left, leftType) = Read(binary.Left);
        if (binary.IsKind(SyntaxKind.IsExpression))
            return (ShapeCode.Join(left, " is ", body.Patterns.Constant(binary.Right)), body.Names.Bool);

        var (right, rightType) = Read(binary.Right);
        return (ShapeCode.Join(left, $" {binary.OperatorToken.Text} ", right), NumberTypes.Binary(binary, leftType, rightType, body.Names));
    }

    private (ShapeCode Code, ITypeSymbol? Type) Choice(ConditionalExpressionSyntax choice, ITypeSymbol? target)
    {
        var (whenTrue, type) = Read(choice.WhenTrue, target);
        var (whenFalse, otherType) = Read(choice.WhenFalse, target);
        var isOne = SymbolEqualityComparer.Default.Equals(type, otherType);
        return (ShapeCode.Join(Read(choice.Condition).Code, " ? ", whenTrue, " : ", whenFalse), isOne ? type : null);
    }

    private (ShapeCode Code, ITypeSymbol? Type) Cast(CastExpressionSyntax cast)
    {
        return body.Names.TypeOf(cast.Type) is { } type && Reach.CanName(type, body.Names.Assembly)
            ? (ShapeCode.Join($"({TypeNames.FullName(type)})", Read(cast.Expression).Code), type)
            : throw Unknown(cast);
    }

    // What computes with numbers alone, and the user's own methods that do.
    private (ShapeCode Code, ITypeSymbol? Type) Call(InvocationExpressionSyntax call)
    {
        if (body.Texts.NameOf(call) is { } name)
            return (name, body.Names.String);
        if (body.Methods.Find(call) is { } method)
            return method.Hold == Hold.Value ? (body.Methods.Read(call, method), method.Returns) : throw Unknown(call);
        if (call.Expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax function, Expression: var owner }
            || body.Variables.IsNamed(owner)
            || body.Names.TypeNamed(owner) is not { Name: "Math" or "MathF", ContainingNamespace.Name: "System" } type
            || call.ArgumentList.Arguments.Any(argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) || argument.NameColon is not null))
        {
            throw Unknown(call);
        }

        var arguments = call.ArgumentList.Arguments.Select(argument => Read(argument.Expression)).ToArray();
        var result = function.Identifier.ValueText is "Max" or "Min" && arguments.Length == 2
            ? NumberTypes.Both(arguments[0].Type, arguments[1].Type, body.Names)
            : null;
        return (ShapeCode.Join(
            $"{TypeNames.FullName(type)}.{function.Identifier.ValueText}(", Lines.List(arguments.Select(argument => argument.Code)), ")"), result);
    }
}
