using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The options that the attributes of an adapter's model set.</summary>
internal static class TrainedMethods
{
    /// <summary>The dropout of an adapter of this type; for a base class, the lowest among the adapters of its model. 0 if none is known.</summary>
    public static double DropoutOf(ITypeSymbol? adapter)
    {
        return Of(adapter).Select(DropoutOf).DefaultIfEmpty(0).Min();
    }

    /// <summary>The methods of an adapter of this type with their options; for a base class, those of all adapters of its model.</summary>
    public static IEnumerable<AdapterMethod?> Of(ITypeSymbol? adapter)
    {
        if (LoraTypes.ModelOf(adapter)?.OriginalDefinition is not INamedTypeSymbol model)
            return [];

        var ofAssembly = adapter!.ContainingAssembly.GetAttributes().Where(attribute =>
            SymbolEqualityComparer.Default.Equals((attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol)?.OriginalDefinition, model));
        return model.GetAttributes().Concat(ofAssembly)
            .Select(attribute => (attribute, Method: LoraTypes.MethodOf(attribute.AttributeClass)))
            .Where(asked => asked.Method is not null && MayBe(asked.attribute, asked.Method))
            .Select(asked => new OptionValues(asked.Method!, asked.attribute, null, isWhole: true).Method);

        bool MayBe(AttributeData attribute, MethodFacts method)
        {
            return adapter!.Name == AdapterNames.TypeOf(model, AdapterNames.Of(attribute), method) || LoraTypes.IsBase(adapter);
        }
    }

    private static double DropoutOf(AdapterMethod? method)
    {
        return method switch
        {
            LowRankMethod low => low.Dropout,
            AdaLoraMethod ada => ada.Dropout,
            OftMethod oft => oft.Dropout,
            VeraMethod vera => vera.Dropout,
            BottleneckMethod bottleneck => bottleneck.Dropout,
            _ => 0,
        };
    }
}
