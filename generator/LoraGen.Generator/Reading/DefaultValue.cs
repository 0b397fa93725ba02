using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Reading;

/// <summary>The default of an optional parameter, as code.</summary>
internal static class DefaultValue
{
    /// <summary>Whether the value has a literal.</summary>
    public static bool Exists(IParameterSymbol parameter) => Of(parameter, static _ => string.Empty) is not null;

    /// <summary>The literal; null if the value has none.</summary>
    public static string? Of(IParameterSymbol parameter, NamedTypes names) => Of(parameter, names.FullName);

    private static string? Of(IParameterSymbol parameter, Func<ITypeSymbol, string> name)
    {
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        return parameter.ExplicitDefaultValue switch
        {
            null => parameter.Type.IsValueType || parameter.NullableAnnotation == NullableAnnotation.Annotated ? "default" : "default!",

            // By attributes, an object parameter can have a number as its default; in C# it can't.
            not string when type.IsReferenceType => null,
            { } value when type.TypeKind == TypeKind.Enum => $"({name(type)})({Convert.ToString(value, CultureInfo.InvariantCulture)})",
            { } value => Literal(value),
        };
    }

    private static string? Literal(object value)
    {
        return value switch
        {
            bool flag => flag ? "true" : "false",
            string text => SymbolDisplay.FormatLiteral(text, quote: true),
            char character => SymbolDisplay.FormatLiteral(character, quote: true),
            double.NaN => "double.NaN",
            float.NaN => "float.NaN",
            double number when double.IsInfinity(number) => number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
            float number when float.IsInfinity(number) => number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
            double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
            ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
            sbyte or byte or short or ushort or int or uint or long => Convert.ToString(value, CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
