using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class RankAboveLayer() : DeclarationRule(
    "LORA2007",
    "Rank exceeds the rank of a layer's weight",
    "Rank is {0}, but the weight of {1}, {2}, has at most rank {3}{4}; lower the rank, or give that layer a [{5}] of its own",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Options.Method is not LowRankMethod { Rank: var rank })
            return;

        var below = RankedLayers.SizesOf(declaration).Where(layer => layer.Size.FullRank < rank).OrderBy(layer => layer.Size.FullRank).ToArray();
        if (below.Length == 0)
            return;

        var (layer, size) = below[0];
        var more = below.Length == 1 ? string.Empty : $", and {below.Length - 1} more";
        report.At(
            declaration.LocationOf("Rank"),
            FixHint.SetOption("Rank", Ranks.AtMost(size.FullRank, size.Groups)),
            rank, layer, size.Name, size.FullRank, more, declaration.Method.AttributeLabel);
    }
}
