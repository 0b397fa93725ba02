using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The module classes of a compilation that stand within adapted models, these included. Looked for when first asked.</summary>
internal sealed class AdaptedClasses(Compilation compilation)
{
    private readonly Lazy<IReadOnlyList<AdaptedTree>> _trees = new(() => Find(compilation));

    public bool Contain(INamedTypeSymbol type) => Around(type).Any();

    /// <summary>The adapters of the models that it stands in.</summary>
    public IEnumerable<AdaptedTree> Around(INamedTypeSymbol type) => _trees.Value.Where(adapter => adapter.Classes.Contains(type.OriginalDefinition));

    private static IReadOnlyList<AdaptedTree> Find(Compilation compilation)
    {
        var ofAssembly = compilation.Assembly.GetAttributes()
            .Select(attribute => (attribute, Model: attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol))
            .Where(found => found.Model is not null)
            .Select(found => (found.attribute, Model: found.Model!.OriginalDefinition));
        var ofClasses = ProjectClasses.Of(compilation)
            .SelectMany(type => type.GetAttributes().Select(attribute => (attribute, Model: type)));
        return [.. ofAssembly.Concat(ofClasses)
            .Select(found => (found.attribute, found.Model, Method: LoraTypes.MethodOf(found.attribute.AttributeClass)))
            .Where(found => found.Method is not null)
            .Select(found => (found, Tree: ModelTree.Of(found.Model, found.Method!, compilation, CancellationToken.None)))
            .Select(adapter => new AdaptedTree(adapter.found.attribute, adapter.found.Method!, adapter.Tree, compilation))];
    }
}
