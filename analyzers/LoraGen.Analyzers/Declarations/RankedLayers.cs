using LoraGen.Generator.Graph;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The layers whose rank an attribute sets.</summary>
internal static class RankedLayers
{
    /// <param name="declaration">The attribute.</param>
    /// <param name="option">Its option for the rank.</param>
    public static IEnumerable<RankedLayer> Of(AdapterDeclaration declaration, string option)
    {
        return declaration.Member is { } member ? OfMember(member, declaration, option) : OfModel(declaration, option);
    }

    /// <summary>The layers whose sizes are known, with their sizes.</summary>
    public static IReadOnlyList<(string Layer, LayerFacts Size)> SizesOf(AdapterDeclaration declaration, string option)
    {
        return [.. Of(declaration, option)
            .Select(layer => (layer.Name, declaration.Contents.SizeOf(layer.Member, layer.Holder, layer.IsInList, layer.Value)))
            .Where(layer => layer.Item2 is not null)
            .Select(layer => (layer.Name, layer.Item2!))];
    }

    private static IEnumerable<RankedLayer> OfModel(AdapterDeclaration declaration, string option)
    {
        return declaration.Targets is not { } targets
            ? []
            : targets.Adapted
                .Where(layer => !targets.IsOverridden(layer, option))
                .Select(layer => new RankedLayer(
                    ModelTargets.Shown(layer), layer.Symbol, layer.Class, layer.IsInList, targets.Of(layer) == Targeted.Yes, layer.Value));
    }

    // If the member's attribute doesn't set the rank, the rank is reported at the model's attribute.
    private static IEnumerable<RankedLayer> OfMember(ISymbol member, AdapterDeclaration declaration, string option)
    {
        var type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        return declaration.Options.Sets(option) ? [new(member.Name, member, member.ContainingType, TorchTypes.IsModuleList(type), IsSure: true)] : [];
    }
}
