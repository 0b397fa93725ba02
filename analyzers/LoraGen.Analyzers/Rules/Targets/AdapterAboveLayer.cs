using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterAboveLayer() : DeclarationRule(
    "LORA2008",
    "An adapter has as many parameters as its layer",
    "With rank {0} the adapter of {1} has {2} parameters, but the layer's own weight, {3}, has {4}{5}; lower the rank, or train the layer itself",
    DiagnosticSeverity.Info,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var rank = declaration.Options.Rank;
        var sizes = AdaptedLayers.SizesOf(declaration);
        var above = sizes
            .Where(layer => layer.Size.FullRank >= rank && layer.Size.AdapterOf(rank) >= layer.Size.Weight)
            .OrderBy(layer => CheapRank(layer.Size))
            .ToArray();
        if (above.Length == 0 || sizes.Any(layer => layer.Size.FullRank < rank))
            return;

        var (layer, size) = above[0];
        var more = above.Length == 1 ? string.Empty : $", and so with {above.Length - 1} more";
        var values = new object[] { rank, layer, size.AdapterOf(rank), size.Layer, size.Weight, more };
        if (CheapRank(size) >= size.Groups)
            report.At(declaration.LocationOf("Rank"), FixHint.SetOption("Rank", Ranks.AtMost(CheapRank(size), size.Groups)), values);
        else
            report.At(declaration.LocationOf("Rank"), values);
    }

    // Half the layer's parameters.
    private static long CheapRank(LayerSize size) => size.Weight / (2 * size.PerRank);
}
