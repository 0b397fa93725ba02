using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Types as text.</summary>
internal static class TypeNames
{
    public static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static readonly SymbolDisplayFormat WithNullability = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>With <c>global::</c>, for generated code.</summary>
    public static string FullName(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Qualified);

    /// <summary>As it is written in code.</summary>
    public static string Label(ITypeSymbol type)
    {
        return type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
    }

    /// <summary>The name with those of its containing types before it: <c>OuterInner</c>.</summary>
    public static string SimpleName(INamedTypeSymbol type)
    {
        return type.ContainingType is { } outer ? SimpleName(outer) + type.Name : type.Name;
    }
}
