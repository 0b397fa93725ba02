using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>An adapter of a class or of the assembly, and its model.</summary>
internal sealed class AdaptedTree(AttributeData attribute, MethodFacts method, ModelTree tree, Compilation compilation)
{
    public HashSet<ISymbol> Classes { get; } = new(tree.Classes, SymbolEqualityComparer.Default);

    /// <summary>Whether the method could set the layer's weight for the time of a call.</summary>
    public bool CanReparametrize => method.Defaults is LowRankMethod;

    /// <summary>Whether it changes what the layer in a member computes, and not the layer's weight.</summary>
    public bool ChangesCallsOf(ISymbol member)
    {
        const string Option = "Reparametrize";
        var contents = new MemberContents(new AssignedValues(compilation, CancellationToken.None), compilation.Assembly);
        var targets = new ModelTargets(tree, AttributeReader.Read(attribute), method, contents, compilation, CancellationToken.None);
        return !attribute.NamedArguments.Any(argument => argument.Key == Option && argument.Value.Value is true)
            && targets.Adapted.Any(layer => SymbolEqualityComparer.Default.Equals(layer.Symbol, member) && !targets.IsOverridden(layer, Option));
    }
}
