using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>The types that C# gives to computations with values of known types; null where that takes more to tell.</summary>
internal static class NumberTypes
{
    public static ITypeSymbol? Unary(ITypeSymbol? operand, Names names)
    {
        return operand is { SpecialType: SpecialType.System_Boolean } ? operand : Both(operand, operand, names);
    }

    public static ITypeSymbol? Binary(BinaryExpressionSyntax binary, ITypeSymbol? left, ITypeSymbol? right, Names names)
    {
        switch (binary.Kind())
        {
            case SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression
                or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression
                or SyntaxKind.GreaterThanOrEqualExpression:
                return names.Bool;
            case SyntaxKind.CoalesceExpression:
                var found = left is null ? null : Underlying(left);
                return binary.Right is ThrowExpressionSyntax || SymbolEqualityComparer.Default.Equals(found, right) ? found : null;
            case SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression or SyntaxKind.UnsignedRightShiftExpression:
                return Both(left, left, names);
            case SyntaxKind.AddExpression when left?.SpecialType == SpecialType.System_String || right?.SpecialType == SpecialType.System_String:
                return names.String;
            default:
                return Both(left, right, names);
        }
    }

    /// <summary>The type of a sum.</summary>
    public static ITypeSymbol? Both(ITypeSymbol? left, ITypeSymbol? right, Names names)
    {
        if (left is null || right is null || Rank(left.SpecialType) is not { } first || Rank(right.SpecialType) is not { } second)
            return null;
        return names.Special(Math.Max(first, second) switch
        {
            3 => SpecialType.System_Double,
            2 => SpecialType.System_Single,
            1 => SpecialType.System_Int64,
            _ => SpecialType.System_Int32,
        });
    }

    /// <summary>The type without its question mark.</summary>
    public static ITypeSymbol Underlying(ITypeSymbol type)
    {
        return type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
    }

    private static int? Rank(SpecialType type)
    {
        return type switch
        {
            SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 => 0,
            SpecialType.System_Int64 => 1,
            SpecialType.System_Single => 2,
            SpecialType.System_Double => 3,
            _ => null,
        };
    }
}
