using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The dropout that the attributes of an adapter's model set.</summary>
internal static class DropoutOptions
{
    /// <summary>The dropout of an adapter of this type; for a base class, the lowest among the adapters of its model. 0 if none is known.</summary>
    public static double Of(ITypeSymbol? adapter)
    {
        if (LoraTypes.ModelOf(adapter)?.OriginalDefinition is not INamedTypeSymbol model)
            return 0;

        var ofAssembly = adapter!.ContainingAssembly.GetAttributes().Where(attribute =>
            SymbolEqualityComparer.Default.Equals((attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol)?.OriginalDefinition, model));
        return model.GetAttributes().Concat(ofAssembly)
            .Select(attribute => (attribute, Method: LoraTypes.MethodOf(attribute.AttributeClass)))
            .Where(asked => asked.Method is not null && MayBe(asked.attribute, asked.Method))
            .Select(asked => (new OptionValues(asked.Method!, asked.attribute, null, isWhole: true).Method as LowRankMethod)?.Dropout ?? 0)
            .DefaultIfEmpty(0)
            .Min();

        bool MayBe(AttributeData attribute, MethodFacts method)
        {
            return adapter!.Name == AdapterNames.TypeOf(model, AdapterNames.Of(attribute), method) || LoraTypes.IsBase(adapter);
        }
    }
}
