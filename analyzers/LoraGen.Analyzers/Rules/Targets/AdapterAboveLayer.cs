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
        if (declaration.Options.Method is not LowRankMethod { Rank: > 0 and var rank } low)
            return;

        var sizes = RankedLayers.SizesOf(declaration, "Rank");
        var above = sizes
            .Where(layer => layer.Size.FullRank >= rank && Elements(low, layer.Size) >= layer.Size.WeightElements)
            .OrderBy(layer => CheapRank(low, layer.Size))
            .ToArray();
        if (above.Length == 0 || sizes.Any(layer => layer.Size.FullRank < rank))
            return;

        var (layer, size) = above[0];
        var more = above.Length == 1 ? string.Empty : $", and likewise {above.Length - 1} more";
        var values = new object[] { rank, layer, Elements(low, size), size.Name, size.WeightElements, more };
        if (CheapRank(low, size) >= size.Groups)
        {
            var fitting = Numbers.Text(Ranks.AtMost(CheapRank(low, size), size.Groups));
            report.At(declaration.LocationOf("Rank"), FixHint.SetOption("Rank", fitting), values);
        }
        else
        {
            report.At(declaration.LocationOf("Rank"), values);
        }
    }

    private static long Elements(LowRankMethod low, LayerFacts size) => low.Parameters(size).Where(spec => spec.Trains).Sum(spec => spec.Elements);

    // The rank with about half the layer's parameters.
    private static long CheapRank(LowRankMethod low, LayerFacts size)
    {
        return size.WeightElements * size.Groups / (2 * Elements(low with { Rank = (int)size.Groups }, size));
    }
}
