using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The module classes of a compilation that are adapted models or parts of them. They are collected on first use.</summary>
internal sealed class AdaptedClasses(Compilation compilation)
{
    private readonly Lazy<IReadOnlyList<AdaptedTree>> _trees = new(() => Find(compilation));

    /// <summary>The adapters of the models that contain the class.</summary>
    public IEnumerable<AdaptedTree> Around(INamedTypeSymbol type) => _trees.Value.Where(adapter => adapter.Classes.Contains(type.OriginalDefinition));

    private static IReadOnlyList<AdaptedTree> Find(Compilation compilation)
    {
        return [.. ProjectAdapters.Of(compilation)
            .Select(found => (found, Tree: ModelTree.Of(found.Model, found.Method, compilation, CancellationToken.None)))
            .Select(adapter => new AdaptedTree(adapter.found.Attribute, adapter.found.Method, adapter.Tree, compilation))];
    }
}
