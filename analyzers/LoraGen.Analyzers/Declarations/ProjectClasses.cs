using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The classes of a project, including nested ones.</summary>
internal static class ProjectClasses
{
    public static IEnumerable<INamedTypeSymbol> Of(Compilation compilation) => In(compilation.Assembly.GlobalNamespace);

    private static IEnumerable<INamedTypeSymbol> In(INamespaceOrTypeSymbol container)
    {
        return container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member is INamedTypeSymbol { TypeKind: TypeKind.Class } type
            ? In(type).Prepend(type)
            : In(member));
    }
}
