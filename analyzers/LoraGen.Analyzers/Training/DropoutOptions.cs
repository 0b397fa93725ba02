using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>What the attributes of an adapter's model say of dropout.</summary>
internal static class DropoutOptions
{
    /// <summary>The dropout of the adapters of this type's model; 0 where one of them has none, or none is known.</summary>
    public static double Of(ITypeSymbol? adapter)
    {
        if (LoraTypes.ModelOf(adapter)?.OriginalDefinition is not { } model)
            return 0;

        var ofAssembly = adapter!.ContainingAssembly.GetAttributes().Where(attribute =>
            SymbolEqualityComparer.Default.Equals((attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol)?.OriginalDefinition, model));
        return model.GetAttributes().Concat(ofAssembly)
            .Where(attribute => LoraTypes.MethodOf(attribute.AttributeClass) is not null)
            .Select(attribute => new OptionValues(attribute, null, isWhole: true).Get("Dropout", 0.0))
            .DefaultIfEmpty(0)
            .Min();
    }
}
