using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The module classes of a compilation that stand within adapted models, these included. Looked for when first asked.</summary>
internal sealed class AdaptedClasses(Compilation compilation)
{
    private readonly Lazy<HashSet<ISymbol>> _classes = new(() => Find(compilation));

    public bool Contain(INamedTypeSymbol type) => _classes.Value.Contains(type.OriginalDefinition);

    private static HashSet<ISymbol> Find(Compilation compilation)
    {
        var ofAssembly = compilation.Assembly.GetAttributes()
            .Select(attribute => (Method: LoraTypes.MethodOf(attribute.AttributeClass), Model: attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol))
            .Where(found => found.Method is not null && found.Model is not null)
            .Select(found => (found.Method!, found.Model!.OriginalDefinition));
        var ofClasses = Types(compilation.Assembly.GlobalNamespace)
            .SelectMany(type => type.GetAttributes().Select(attribute => (Method: LoraTypes.MethodOf(attribute.AttributeClass), type)))
            .Where(found => found.Method is not null)
            .Select(found => (found.Method!, found.type));

        var classes = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var (method, model) in ofAssembly.Concat(ofClasses))
            classes.UnionWith(ModelTree.Of(model, method, compilation, CancellationToken.None).Classes);
        return classes;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        return container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member is INamedTypeSymbol { TypeKind: TypeKind.Class } type
            ? Types(type).Prepend(type)
            : Types(member));
    }
}
