using LoraGen.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Finds types that have the names of generated ones.</summary>
internal static class GeneratedTypes
{
    /// <summary>
    /// The project's types, in the model's namespace, that have the names of those that are generated for an adapter's type. For a model of another assembly,
    /// the types of referenced assemblies as well: several projects may adapt it, and a call of AttachLora must not be ambiguous.
    /// </summary>
    public static IEnumerable<INamedTypeSymbol> Existing(Compilation compilation, INamedTypeSymbol model, string adapterType)
    {
        if (compilation.GetCompilationNamespace(model.ContainingNamespace) is not { } space)
            return [];

        // The adapter has the model's type parameters; the class of its extension methods has none.
        var arity = TypeParameterReader.Count(model);
        return AdapterTypeName.Generated(adapterType)
            .SelectMany(name => space.GetTypeMembers(name, name == adapterType ? arity : 0))
            .Where(type => IsOwn(type) || (!IsOwn(model) && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly)));

        bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly);
    }
}
