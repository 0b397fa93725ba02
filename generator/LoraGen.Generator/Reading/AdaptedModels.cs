using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Tells the classes that have an adapter attribute, on themselves or at assembly level.</summary>
internal static class AdaptedModels
{
    public static bool Contains(ITypeSymbol? type, IAssemblySymbol from)
    {
        return type is INamedTypeSymbol
            && TorchTypes.IsModule(type)
            && (type.GetAttributes().Any(IsOfMethod)
                || from.GetAttributes().Any(attribute => IsOfMethod(attribute)
                    && SymbolEqualityComparer.Default.Equals(attribute.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol, type)));
    }

    private static bool IsOfMethod(AttributeData attribute)
    {
        return MethodEntry.All.Any(method => method.Attribute == attribute.AttributeClass?.ToDisplayString());
    }
}
