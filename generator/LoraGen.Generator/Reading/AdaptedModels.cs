using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Recognizes the classes that have an adapter attribute, on themselves or at assembly level.</summary>
internal static class AdaptedModels
{
    public static bool Contains(ITypeSymbol? type, IAssemblySymbol from)
    {
        return type is INamedTypeSymbol
            && TorchTypes.IsModule(type)
            && (type.GetAttributes().Any(attribute => MethodReader.Of(attribute.AttributeClass) is not null)
                || from.GetAttributes().Any(attribute => MethodReader.Of(attribute.AttributeClass) is not null
                    && SymbolEqualityComparer.Default.Equals(attribute.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol, type)));
    }
}
