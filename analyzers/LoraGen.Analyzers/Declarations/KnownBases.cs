using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Tells a class that is no module from one whose base class is still being typed.</summary>
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
