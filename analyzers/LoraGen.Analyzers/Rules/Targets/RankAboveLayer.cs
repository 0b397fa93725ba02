using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class RankAboveLayer() : DeclarationRule(
    "LORA2007",
    "Rank exceeds the rank of a layer's weight",
    "{0} is {1}, but the weight of {2}, {3}, has at most rank {4}{5}; lower the rank, or {6}",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var (option, rank, above) = declaration.Options.Method switch
        {
            LowRankMethod low => (nameof(LowRankMethod.Rank), low.Rank, 0),
            GloraMethod { HasRank: true } glora => (nameof(GloraMethod.Rank), glora.Rank, 0),
            AdaLoraMethod ada => (nameof(AdaLoraMethod.InitialRank), ada.InitialRank, ada.TargetRank),
            _ => (string.Empty, 0, 0),
        };
        var below = RankedLayers.SizesOf(declaration, option)
            .Where(layer => layer.Size.FullRank < rank)
            .OrderBy(layer => layer.Size.FullRank)
            .ToArray();
        if (below.Length == 0)
            return;

        // AdaLoRA's initial rank is the same for all layers, and must be above its target rank; otherwise both have to be lowered.
        var (layer, size) = below[0];
        var more = below.Length == 1 ? string.Empty : $", and {below.Length - 1} more";
        var fitting = Ranks.AtMost(size.FullRank, size.Groups);
        report.At(
            declaration.LocationOf(option),
            fitting > above ? FixHint.SetOption(option, Numbers.Text(fitting)) : null,
            option, rank, layer, size.Name, size.FullRank, more,
            declaration.Options.Method is AdaLoraMethod ? "leave that layer out" : $"give that layer a [{declaration.Method.AttributeLabel}] of its own");
    }
}
