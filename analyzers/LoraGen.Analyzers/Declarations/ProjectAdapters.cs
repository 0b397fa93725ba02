using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>How many adapters a project declares.</summary>
internal static class ProjectAdapters
{
    /// <summary>The adapter attributes at assembly level and on classes; those on members belong to one of these.</summary>
    public static int Count(Compilation compilation)
    {
        return OfAdapters(compilation.Assembly) + Types(compilation.Assembly.GlobalNamespace).Sum(OfAdapters);
    }

    private static int OfAdapters(ISymbol symbol) => symbol.GetAttributes().Count(attribute => LoraTypes.MethodOf(attribute.AttributeClass) is not null);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        return container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member is INamedTypeSymbol { TypeKind: TypeKind.Class } type
            ? Types(type).Prepend(type)
            : Types(member));
    }
}
