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
            INamedTypeSymbol named => CanNameDefinition(named, from) && named.TypeArguments.All(argument => CanName(argument, from)),
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

    public static bool IsPublic(INamedTypeSymbol type)
    {
        return type.DeclaredAccessibility == Accessibility.Public && (type.ContainingType is null || IsPublic(type.ContainingType));
    }

    /// <summary>Whether it means the same everywhere: no type parameter stands in it.</summary>
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

    private static bool CanNameDefinition(INamedTypeSymbol type, IAssemblySymbol from)
    {
        return CanUse(type, from) && !type.IsFileLocal && (type.ContainingType is null || CanNameDefinition(type.ContainingType, from));
    }
}
