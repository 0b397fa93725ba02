using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>
/// Repeats an expression that computes a size or a condition. Only forms without effects, of which every name is known; anything else is unknown,
/// never guessed.
/// </summary>
internal sealed class ValueReader(Names names, Variables variables, ClassFields fields)
{
    public (ShapeCode Code, ITypeSymbol? Type) Read(ExpressionSyntax value)
    {
        switch (value)
        {
            case LiteralExpressionSyntax literal:
                return (literal.Token.Text is var text && literal.IsKind(SyntaxKind.StringLiteralExpression)
                    ? SymbolDisplay.FormatLiteral(literal.Token.ValueText, quote: true)
                    : text, null);
            case ParenthesizedExpressionSyntax inner:
                return Read(inner.Expression) is var (code, type) ? (ShapeCode.Join("(", code, ")"), type) : default;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Read(suppressed.Operand);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.UnaryPlusExpression
                or (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.BitwiseNotExpression } unary:
                return Read(unary.Operand) is var (operand, operandType) ? (ShapeCode.Join($"{unary.OperatorToken.Text}", operand), operandType) : default;
            case BinaryExpressionSyntax binary when IsOperator(binary):
                return (ShapeCode.Join(Read(binary.Left).Code, $" {binary.OperatorToken.Text} ", Read(binary.Right).Code), null);
            case ConditionalExpressionSyntax choice:
                return (ShapeCode.Join(Read(choice.Condition).Code, " ? ", Read(choice.WhenTrue).Code, " : ", Read(choice.WhenFalse).Code), null);
            case CastExpressionSyntax cast:
                return Cast(cast);
            case IsPatternExpressionSyntax pattern:
                return (ShapeCode.Join(Read(pattern.Expression).Code, $" is {Pattern(pattern.Pattern)}"), null);
            case TupleExpressionSyntax tuple:
                return (ShapeCode.Join("(", new ShapeCode(ShapeCodeKind.List, string.Empty, tuple.Arguments
                    .Select(argument => Read(argument.Expression).Code).ToEquatableArray()), ")"), null);
            case IdentifierNameSyntax name:
                return Named(name);
            case MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Name: IdentifierNameSyntax } access:
                return Member(access);
            case ElementAccessExpressionSyntax element when element.ArgumentList.Arguments.Only() is { RefKindKeyword.RawKind: 0 } index:
                return Element(element, index);
            case InvocationExpressionSyntax call:
                return Call(call);
            default:
                throw Unknown(value);
        }
    }

    public static UnknownShapeException Unknown(SyntaxNode value) => new($"{Text(value)} can't be told from the source", value);

    /// <summary>On one line, and not too long.</summary>
    public static string Text(SyntaxNode value)
    {
        var text = string.Join(" ", value.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 80 ? text.Substring(0, 80) + "…" : text;
    }

    private static bool IsOperator(BinaryExpressionSyntax binary) => !binary.IsKind(SyntaxKind.AsExpression) && !binary.IsKind(SyntaxKind.IsExpression);

    private static string Pattern(PatternSyntax pattern)
    {
        return pattern switch
        {
            ConstantPatternSyntax { Expression: LiteralExpressionSyntax literal } => literal.ToString(),
            UnaryPatternSyntax { OperatorToken.RawKind: (int)SyntaxKind.NotKeyword } not => "not " + Pattern(not.Pattern),
            RelationalPatternSyntax { Expression: LiteralExpressionSyntax } relation => relation.ToString(),
            BinaryPatternSyntax both => $"{Pattern(both.Left)} {both.OperatorToken.Text} {Pattern(both.Right)}",
            ParenthesizedPatternSyntax inner => $"({Pattern(inner.Pattern)})",
            _ => throw Unknown(pattern),
        };
    }

    private (ShapeCode Code, ITypeSymbol? Type) Cast(CastExpressionSyntax cast)
    {
        return names.TypeOf(cast.Type) is { } type && Reach.CanName(type, names.Assembly)
            ? (ShapeCode.Join($"({TypeNames.FullName(type)})", Read(cast.Expression).Code), type)
            : throw Unknown(cast);
    }

    private (ShapeCode Code, ITypeSymbol? Type) Named(IdentifierNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        if (variables.Find(text) is { } variable)
            return Of(variable, name);
        if (names.InstanceMember(text) is { } member)
            return OfClass(member, name);
        return (names.StaticMember(text) is { } found ? Reads.Static(found, names.Assembly) : null) ?? throw Unknown(name);
    }

    private (ShapeCode Code, ITypeSymbol? Type) OfClass(ISymbol member, SyntaxNode place)
    {
        if (fields.Value(member) is { } field)
            return Of(field, place);
        return Reads.Static(member, names.Assembly) ?? throw Unknown(place);
    }

    private static (ShapeCode Code, ITypeSymbol? Type) Of(Variable variable, SyntaxNode place)
    {
        if (variable.Unknown is { } unknown)
            throw unknown.At(place);
        if (variable.Hold != Hold.Value || !variable.IsSet)
            throw Unknown(place);
        return (variable.Code, variable.Type);
    }

    private (ShapeCode Code, ITypeSymbol? Type) Member(MemberAccessExpressionSyntax access)
    {
        var name = access.Name.Identifier.ValueText;
        if (access.Expression is ThisExpressionSyntax)
            return OfClass(names.InstanceMember(name) ?? throw Unknown(access), access);
        if (!StandsForValue(access.Expression) && names.TypeNamed(access.Expression) is { } type)
        {
            var member = type.GetMembers(name).FirstOrDefault(candidate => candidate is IFieldSymbol or IPropertySymbol);
            return (member is null ? null : Reads.Static(member, names.Assembly)) ?? throw Unknown(access);
        }

        var (owner, ownerType) = Read(access.Expression);
        return ownerType is not null && Reads.Member(ownerType, name, names.Assembly) is { } found
            ? (ShapeCode.Join(owner, $".{Reads.Identifier(name)}"), Reads.TypeOf(found))
            : throw Unknown(access);
    }

    private bool StandsForValue(ExpressionSyntax owner)
    {
        while (owner is MemberAccessExpressionSyntax outer)
            owner = outer.Expression;
        return owner is not IdentifierNameSyntax name || variables.Find(name.Identifier.ValueText) is not null;
    }

    private (ShapeCode Code, ITypeSymbol? Type) Element(ElementAccessExpressionSyntax element, ArgumentSyntax index)
    {
        var (owner, type) = Read(element.Expression);
        var result = type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { IsGenericType: true } list when list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic" =>
                list.TypeArguments[list.TypeArguments.Length - 1],
            _ => throw Unknown(element),
        };
        return (ShapeCode.Join(owner, "[", Read(index.Expression).Code, "]"), result);
    }

    // What computes with numbers alone.
    private (ShapeCode Code, ITypeSymbol? Type) Call(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax method, Expression: var owner }
            || StandsForVariable(owner)
            || names.TypeNamed(owner) is not { Name: "Math" or "MathF", ContainingNamespace.Name: "System" } type
            || call.ArgumentList.Arguments.Any(argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) || argument.NameColon is not null))
        {
            throw Unknown(call);
        }

        var arguments = call.ArgumentList.Arguments.Select(argument => Read(argument.Expression).Code).ToEquatableArray();
        return (ShapeCode.Join(
            $"{TypeNames.FullName(type)}.{method.Identifier.ValueText}(", new ShapeCode(ShapeCodeKind.List, string.Empty, arguments), ")"), null);
    }

    private bool StandsForVariable(ExpressionSyntax owner) => owner is IdentifierNameSyntax name && variables.Find(name.Identifier.ValueText) is not null;
}
