using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>An adapter of a class or of the assembly, and its model.</summary>
internal sealed class AdaptedTree(AttributeData attribute, MethodFacts method, ModelTree tree, Compilation compilation)
{
    public HashSet<ISymbol> Classes { get; } = new(tree.Classes, SymbolEqualityComparer.Default);

    public bool AddsTo(ISymbol member)
    {
        const string Option = "Reparametrize";
        var contents = new MemberContents(new AssignedValues(compilation, CancellationToken.None), compilation.Assembly);
        var targets = new ModelTargets(tree, AttributeReader.Read(attribute), method, contents, compilation, CancellationToken.None);
        return !attribute.NamedArguments.Any(argument => argument.Key == Option)
            && targets.Adapted.Any(layer => SymbolEqualityComparer.Default.Equals(layer.Symbol, member) && !targets.IsOverridden(layer, Option));
    }
}
