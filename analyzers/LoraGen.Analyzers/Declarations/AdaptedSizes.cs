using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The layers whose rank an attribute sets, where their sizes are known.</summary>
internal static class AdaptedSizes
{
    /// <summary>Each with its path or name.</summary>
    public static IReadOnlyList<(string Layer, LayerSize Size)> Of(AdapterDeclaration declaration)
    {
        return declaration.Member is { } member ? OfMember(member, declaration) : OfModel(declaration);
    }

    private static IReadOnlyList<(string Layer, LayerSize Size)> OfModel(AdapterDeclaration declaration)
    {
        if (declaration.Targets is not { } targets)
            return [];

        return [.. targets.Adapted
            .Where(layer => !targets.IsOverridden(layer, "Rank"))
            .Select(layer => (ModelTargets.Shown(layer), declaration.Contents.SizeOf(layer)))
            .Where(layer => layer.Item2 is not null)
            .Select(layer => (layer.Item1, layer.Item2!))];
    }

    // Where the member's attribute is silent on rank, the model's tells of it.
    private static IReadOnlyList<(string Layer, LayerSize Size)> OfMember(ISymbol member, AdapterDeclaration declaration)
    {
        var type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        return declaration.Options.Sets("Rank") && declaration.Contents.SizeOf(member, member.ContainingType, TorchTypes.IsModuleList(type)) is { } size
            ? [(member.Name, size)]
            : [];
    }
}
