using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Distinguishes a class that is not a module from one whose base class doesn't compile yet.</summary>
internal static class KnownBases
{
    public static bool Of(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.TypeKind == TypeKind.Error)
                return false;
        }

        return true;
    }
}
