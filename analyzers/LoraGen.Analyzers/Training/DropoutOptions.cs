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
            .Select(attribute => (attribute, Method: LoraTypes.MethodOf(attribute.AttributeClass)))
            .Where(asked => asked.Method is not null)
            .Select(asked => (new OptionValues(asked.Method!, asked.attribute, null, isWhole: true).Method as LowRankMethod)?.Dropout ?? 0)
            .DefaultIfEmpty(0)
            .Min();
    }
}
