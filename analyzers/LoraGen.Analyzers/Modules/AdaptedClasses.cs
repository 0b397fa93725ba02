using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The module classes of a compilation that are adapted models or parts of them. They are collected on first use.</summary>
internal sealed class AdaptedClasses
{
    private readonly Lazy<IReadOnlyList<AdaptedTree>> _trees;
    private readonly Lazy<HashSet<ISymbol>> _held;

    public AdaptedClasses(Compilation compilation)
    {
        _trees = new(() => Find(compilation));
        _held = new(() => HeldClasses.Of(_trees.Value.SelectMany(tree => tree.Classes), compilation));
    }

    /// <summary>The adapters of the models that contain the class.</summary>
    public IEnumerable<AdaptedTree> Around(INamedTypeSymbol type) => _trees.Value.Where(adapter => adapter.Classes.Contains(type.OriginalDefinition));

    /// <summary>Whether an adapted model may hold instances of the class, although its declarations don't show them.</summary>
    public bool MayHold(INamedTypeSymbol type) => _held.Value.Contains(type.OriginalDefinition);

    private static IReadOnlyList<AdaptedTree> Find(Compilation compilation)
    {
        return [.. ProjectAdapters.Of(compilation)
            .Select(found => (found, Tree: ModelTree.Of(found.Model, found.Method, compilation, CancellationToken.None)))
            .Select(adapter => new AdaptedTree(adapter.found.Attribute, adapter.found.Method, adapter.Tree, compilation))];
    }
}
