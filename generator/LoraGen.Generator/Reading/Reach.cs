using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>What a top-level class generated into the user's assembly can name.</summary>
internal static class Reach
{
    public static bool CanName(ITypeSymbol type, IAssemblySymbol from)
    {
        return type switch
        {
            ITypeParameterSymbol => true,
            IArrayTypeSymbol array => CanName(array.ElementType, from),
            INamedTypeSymbol named => CanUse(named, from)
                && !named.IsFileLocal
                && named.TypeArguments.All(argument => CanName(argument, from))
                && (named.ContainingType is null || CanName(named.ContainingType, from)),
            _ => false,
        };
    }

    /// <summary>Whether <paramref name="symbol"/>, a member of a type that can be named, is accessible.</summary>
    public static bool CanUse(ISymbol symbol, IAssemblySymbol from)
    {
        return symbol.DeclaredAccessibility switch
        {
            Accessibility.Public => true,
            Accessibility.Internal or Accessibility.ProtectedOrInternal => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, from),
            _ => false,
        };
    }

    public static bool IsPublic(ITypeSymbol type)
    {
        return type switch
        {
            ITypeParameterSymbol => true,
            IArrayTypeSymbol array => IsPublic(array.ElementType),
            INamedTypeSymbol named => named.DeclaredAccessibility == Accessibility.Public
                && named.TypeArguments.All(IsPublic)
                && (named.ContainingType is null || IsPublic(named.ContainingType)),
            _ => false,
        };
    }

    /// <summary>Whether using it gives a compiler diagnostic that users can suppress in their code, but not in generated code.</summary>
    public static bool IsDiscouraged(ISymbol symbol)
    {
        return symbol switch
        {
            IArrayTypeSymbol array => IsDiscouraged(array.ElementType),
            INamedTypeSymbol named =>
                HasAttribute(named) || named.TypeArguments.Any(IsDiscouraged) || (named.ContainingType is { } outer && IsDiscouraged(outer)),
            _ => HasAttribute(symbol),
        };
    }

    /// <summary>Whether it means the same everywhere: it contains no type parameter.</summary>
    public static bool IsClosed(ITypeSymbol type)
    {
        return type switch
        {
            ITypeParameterSymbol => false,
            IArrayTypeSymbol array => IsClosed(array.ElementType),
            INamedTypeSymbol named => named.TypeArguments.All(IsClosed) && (named.ContainingType is null || IsClosed(named.ContainingType)),
            _ => true,
        };
    }

    private static bool HasAttribute(ISymbol symbol) =>
        symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "ObsoleteAttribute" or "ExperimentalAttribute");
}
