using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterAboveLayer() : DeclarationRule(
    "LORA2008",
    "An adapter has as many parameters as its layer",
    "With rank {0} the adapter of {1} has {2} parameters, but the layer's own weight, Linear({3}, {4}), has {5}{6}; lower the rank, or train the layer itself",
    DiagnosticSeverity.Info,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var rank = declaration.Options.Rank;
        var sizes = AdaptedSizes.Of(declaration);
        var above = sizes
            .Where(layer => layer.Size.FullRank >= rank && layer.Size.AdapterOf(rank) >= layer.Size.Weight)
            .OrderBy(layer => CheapRank(layer.Size))
            .ToArray();
        if (above.Length == 0 || sizes.Any(layer => layer.Size.FullRank < rank))
            return;

        var (layer, size) = above[0];
        var more = above.Length == 1 ? string.Empty : $", and so with {above.Length - 1} more";
        var values = new object[] { rank, layer, size.AdapterOf(rank), size.In, size.Out, size.Weight, more };
        if (CheapRank(size) >= 1)
            report.At(declaration.LocationOf("Rank"), FixHint.SetOption("Rank", Ranks.AtMost(CheapRank(size))), values);
        else
            report.At(declaration.LocationOf("Rank"), values);
    }

    // Half the layer's parameters.
    private static long CheapRank(LayerSize size) => size.Weight / (2 * (size.In + size.Out));
}
