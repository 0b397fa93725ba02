using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Evaluating;

/// <summary>C#'s implicit and explicit conversions of numbers. One that would lose an integer's value is refused.</summary>
internal static class Conversions
{
    /// <summary>To a type as it is written; null stands for <c>var</c>, and as a value for <c>default</c> too.</summary>
    public static object? To(TypeSyntax? type, object? value)
    {
        return type switch
        {
            null => value,
            NullableTypeSyntax nullable => value is null ? null : To(nullable.ElementType, value),
            PredefinedTypeSyntax { Keyword: var keyword } => ToPredefined(keyword.Kind(), value),
            ArrayTypeSyntax array when value is object?[] items => Array.ConvertAll(items, item => To(array.ElementType, item)),
            TupleTypeSyntax tuple when value is TupleValue { Items: var items } && items.Length == tuple.Elements.Count =>
                new TupleValue([.. items.Zip(tuple.Elements, (item, element) => To(element.Type, item))]),
            ArrayTypeSyntax or TupleTypeSyntax => value is null ? null : throw new NotConstantException(),
            _ => value is int or long or float or double or bool ? throw new NotConstantException() : value,
        };
    }

    /// <summary>A cast, which cuts off what is behind the point.</summary>
    public static object? Cast(TypeSyntax type, object? value)
    {
        if (value is EnumValue member)
            value = member.Value;
        if (type is NameSyntax named && value is int or long)
            return new EnumValue(named.ToString(), Convert.ToInt64(value, null));
        if (type is not PredefinedTypeSyntax { Keyword: var keyword } || value is not (float or double))
            return To(type, value is long number && type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.IntKeyword } ? checked((int)number) : value);

        var real = Convert.ToDouble(value, null);
        return keyword.Kind() switch
        {
            SyntaxKind.IntKeyword when real is > int.MinValue and < int.MaxValue => (object)(int)real,
            SyntaxKind.LongKeyword when real is > -9e18 and < 9e18 => (long)real,
            SyntaxKind.FloatKeyword => (float)real,
            SyntaxKind.DoubleKeyword => real,
            _ => throw new NotConstantException(),
        };
    }

    /// <summary>To the type of a value that was there before.</summary>
    public static object? Like(object? before, object? value)
    {
        return (before, value) switch
        {
            (long, int number) => (long)number,
            (float, int or long) => Convert.ToSingle(value, null),
            (double, int or long or float) => Convert.ToDouble(value, null),
            (int or long or float or double or bool or string, { }) when before.GetType() != value.GetType() => throw new NotConstantException(),
            _ => value,
        };
    }

    private static object? ToPredefined(SyntaxKind type, object? value)
    {
        return (type, value) switch
        {
            (SyntaxKind.ObjectKeyword, _) => value,
            (SyntaxKind.IntKeyword, null) => 0,
            (SyntaxKind.LongKeyword, null) => 0L,
            (SyntaxKind.FloatKeyword, null) => 0f,
            (SyntaxKind.DoubleKeyword, null) => 0d,
            (SyntaxKind.BoolKeyword, null) => false,
            (SyntaxKind.IntKeyword, int) or (SyntaxKind.BoolKeyword, bool) or (SyntaxKind.StringKeyword, string or null) => value,
            (SyntaxKind.LongKeyword, int or long) => Convert.ToInt64(value, null),
            (SyntaxKind.FloatKeyword, int or long or float) => Convert.ToSingle(value, null),
            (SyntaxKind.DoubleKeyword, int or long or float or double) => Convert.ToDouble(value, null),
            _ => throw new NotConstantException(),
        };
    }
}
