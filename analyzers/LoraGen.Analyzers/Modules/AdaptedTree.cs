using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>An adapter of a class or of the assembly, and its model.</summary>
internal sealed class AdaptedTree
{
    private const string Reparametrize = "Reparametrize";

    private readonly AttributeData _attribute;
    private readonly MethodFacts _method;
    private readonly Lazy<HashSet<ISymbol>> _changed;

    public AdaptedTree(AttributeData attribute, MethodFacts method, ModelTree tree, Compilation compilation)
    {
        _attribute = attribute;
        _method = method;
        _changed = new(() => FindChanged(tree, compilation));
        Classes = new(tree.Classes, SymbolEqualityComparer.Default);
    }

    public HashSet<ISymbol> Classes { get; }

    /// <summary>Whether the method could set the layer's weight for the time of a call.</summary>
    public bool CanReparametrize => _method.Defaults is LowRankMethod;

    /// <summary>Whether it changes what the layer in a member computes, and not the layer's weight.</summary>
    public bool ChangesCallsOf(ISymbol member) => _changed.Value.Contains(member);

    private HashSet<ISymbol> FindChanged(ModelTree tree, Compilation compilation)
    {
        var contents = new MemberContents(new AssignedValues(compilation, CancellationToken.None), compilation.Assembly);
        var targets = new ModelTargets(tree, AttributeReader.Read(_attribute), _method, contents, compilation, CancellationToken.None);
        var changed = targets.Adapted.Where(layer => layer.Value is null && !IsReparametrized(layer, targets));
        return new(changed.Select(layer => layer.Symbol), SymbolEqualityComparer.Default);
    }

    // The innermost attribute that sets the option decides.
    private bool IsReparametrized(ModelMember layer, ModelTargets targets)
    {
        return targets.OverridesOf(layer).Prepend(_attribute)
            .SelectMany(attribute => attribute.NamedArguments)
            .LastOrDefault(argument => argument.Key == Reparametrize)
            .Value is { Kind: TypedConstantKind.Primitive, Value: true };
    }
}
