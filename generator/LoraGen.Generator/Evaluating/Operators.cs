using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Evaluating;

/// <summary>C#'s operators on numbers, conditions and text. An integer that overflows is no constant.</summary>
internal static class Operators
{
    public static object Binary(SyntaxKind kind, object? left, object? right)
    {
        if (kind is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression)
            return AreEqual(left, right) == (kind == SyntaxKind.EqualsExpression);
        return (left, right) switch
        {
            (string, _) or (_, string) when kind == SyntaxKind.AddExpression => Text(left) + Text(right),
            (bool a, bool b) => Logical(kind, a, b),
            (double or float, double) or (double, float or int or long) or (int or long, double) =>
                Real(kind, Convert.ToDouble(left, null), Convert.ToDouble(right, null)),
            (float, float or int or long) or (int or long, float) => Single(kind, Convert.ToSingle(left, null), Convert.ToSingle(right, null)),
            (int a, int b) => Whole(kind, a, b),
            (int or long, int) when kind is SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression => Whole(kind, Convert.ToInt64(left, null), (int)right),
            (int or long, int or long) => Whole(kind, Convert.ToInt64(left, null), Convert.ToInt64(right, null)),
            _ => throw new NotConstantException(),
        };
    }

    public static object Unary(SyntaxKind kind, object? operand)
    {
        return (kind, operand) switch
        {
            (SyntaxKind.LogicalNotExpression, bool value) => !value,
            (SyntaxKind.UnaryPlusExpression, int or long or float or double) => operand,
            (SyntaxKind.UnaryMinusExpression, int value) => checked(-value),
            (SyntaxKind.UnaryMinusExpression, long value) => checked(-value),
            (SyntaxKind.UnaryMinusExpression, float value) => -value,
            (SyntaxKind.UnaryMinusExpression, double value) => -value,
            (SyntaxKind.BitwiseNotExpression, int value) => ~value,
            (SyntaxKind.BitwiseNotExpression, long value) => ~value,
            _ => throw new NotConstantException(),
        };
    }

    /// <summary>A value as a string is joined with it. A real number's text hangs on the culture.</summary>
    public static string Text(object? value)
    {
        return value switch
        {
            null => string.Empty,
            string text => text,
            char character => character.ToString(),
            int or long when Convert.ToInt64(value, null) >= 0 => FormattableString.Invariant($"{value}"),
            _ => throw new NotConstantException(),
        };
    }

    /// <summary>The value as the common type of an expression with several branches has it.</summary>
    /// <param name="value">Of the branch that is taken.</param>
    /// <param name="others">Of the others; null for one that can't be told.</param>
    public static object? Common(object? value, IEnumerable<object?> others)
    {
        if (value is not (int or long or float))
            return value;

        foreach (var other in others)
            value = other is int or long or float or double ? Wider(value, other) : throw new NotConstantException();
        return value;
    }

    private static object Wider(object value, object other)
    {
        return (value, other) switch
        {
            (double, _) or (_, double) => Convert.ToDouble(value, null),
            (float, _) or (_, float) => Convert.ToSingle(value, null),
            (long, _) or (_, long) => Convert.ToInt64(value, null),
            _ => value,
        };
    }

    private static bool AreEqual(object? left, object? right)
    {
        return (left, right) switch
        {
            (null, _) or (_, null) => left is null && right is null,
            (int, long) or (long, int) => Convert.ToInt64(left, null) == Convert.ToInt64(right, null),
            (int or long, double) or (double, int or long) => Convert.ToDouble(left, null) == Convert.ToDouble(right, null),
            (int or long or float or double or bool or string or char, _) when left.GetType() == right.GetType() => left.Equals(right),
            (EnumValue, EnumValue) => left.Equals(right),
            (ModuleShape or ParameterShape, ModuleShape or ParameterShape) => ReferenceEquals(left, right),
            _ => throw new NotConstantException(),
        };
    }

    private static object Logical(SyntaxKind kind, bool a, bool b)
    {
        return kind switch
        {
            SyntaxKind.BitwiseAndExpression => a & b,
            SyntaxKind.BitwiseOrExpression => a | b,
            SyntaxKind.ExclusiveOrExpression => a ^ b,
            _ => throw new NotConstantException(),
        };
    }

    private static object Whole(SyntaxKind kind, int a, int b)
    {
        var result = kind switch
        {
            SyntaxKind.LeftShiftExpression => a << b,
            SyntaxKind.RightShiftExpression => a >> b,
            _ => Whole(kind, (long)a, b),
        };
        return result is long wide ? checked((int)wide) : result;
    }

    private static object Whole(SyntaxKind kind, long a, long b)
    {
        return kind switch
        {
            SyntaxKind.AddExpression => checked(a + b),
            SyntaxKind.SubtractExpression => checked(a - b),
            SyntaxKind.MultiplyExpression => checked(a * b),
            SyntaxKind.DivideExpression => checked(a / b),
            SyntaxKind.ModuloExpression => checked(a % b),
            SyntaxKind.LeftShiftExpression => a << (int)b,
            SyntaxKind.RightShiftExpression => a >> (int)b,
            SyntaxKind.BitwiseAndExpression => a & b,
            SyntaxKind.BitwiseOrExpression => a | b,
            SyntaxKind.ExclusiveOrExpression => a ^ b,
            SyntaxKind.LessThanExpression => a < b,
            SyntaxKind.LessThanOrEqualExpression => a <= b,
            SyntaxKind.GreaterThanExpression => a > b,
            SyntaxKind.GreaterThanOrEqualExpression => a >= b,
            _ => throw new NotConstantException(),
        };
    }

    // What is exact in double and rounded once is what float computes.
    private static object Single(SyntaxKind kind, float a, float b) => Real(kind, a, b) is double wide ? (float)wide : Real(kind, a, b);

    private static object Real(SyntaxKind kind, double a, double b)
    {
        return kind switch
        {
            SyntaxKind.AddExpression => a + b,
            SyntaxKind.SubtractExpression => a - b,
            SyntaxKind.MultiplyExpression => a * b,
            SyntaxKind.DivideExpression => a / b,
            SyntaxKind.ModuloExpression => a % b,
            SyntaxKind.LessThanExpression => a < b,
            SyntaxKind.LessThanOrEqualExpression => a <= b,
            SyntaxKind.GreaterThanExpression => a > b,
            SyntaxKind.GreaterThanOrEqualExpression => a >= b,
            _ => throw new NotConstantException(),
        };
    }
}
