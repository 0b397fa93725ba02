using LoraGen.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Finds a project's types that have the names of generated ones.</summary>
internal static class GeneratedTypes
{
    /// <summary>The project's types, in the model's namespace, that have the names of those that are generated for an adapter's type.</summary>
    public static IEnumerable<INamedTypeSymbol> Existing(Compilation compilation, INamedTypeSymbol model, string adapterType)
    {
        if (compilation.GetCompilationNamespace(model.ContainingNamespace) is not { } space)
            return [];

        // The adapter has the model's type parameters; the class of its extension methods has none.
        var arity = TypeParameterReader.Read(model).Names.Count;
        return AdapterTypeName.Generated(adapterType)
            .SelectMany(name => space.GetTypeMembers(name, name == adapterType ? arity : 0))
            .Where(type => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly));
    }
}
