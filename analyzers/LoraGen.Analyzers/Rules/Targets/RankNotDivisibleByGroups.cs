using System.Globalization;
using LoraGen.Targets;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class RankNotDivisibleByGroups() : DeclarationRule(
    "LORA2009",
    "Rank is not divisible by a convolution's groups",
    "Rank is {0}, but {1} is a convolution with {2} groups{3}, among which the rank is divided: attaching throws; use {4}",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    // Nobody wants a rank beyond this.
    private const long Highest = 4096;

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        // LORA2019 reports methods that don't support groups.
        if (declaration.Options.Method is not LowRankMethod { Rank: > 0 } low || low.Unsupported(Grouped(low.Rank))?.Options.Contains("Rank") != true)
            return;

        long rank = low.Rank;

        var grouped = RankedLayers.Of(declaration, "Rank")
            .Where(layer => layer.IsSure)
            .Select(layer => (layer.Name, Groups: declaration.Contents.GroupsOf(layer.Member, layer.Holder, layer.IsInList, layer.Value)))
            .Where(layer => layer.Groups is not null)
            .Select(layer => (layer.Name, Groups: layer.Groups!.Value))
            .ToArray();
        var wrong = grouped.Where(layer => rank % layer.Groups != 0).ToArray();
        if (wrong.Length == 0)
            return;

        var (name, groups) = wrong[0];
        var more = wrong.Length == 1 ? string.Empty : $" ({string.Join(", ", wrong.Skip(1).Select(layer => $"{layer.Name} with {layer.Groups}"))})";
        var exclude = wrong.Length == 1 ? string.Empty : $", or leave them out: {Exclude(wrong.Select(layer => layer.Name), declaration)}";
        if (Nearest(rank, grouped.Select(layer => layer.Groups)) is not { } nearest)
        {
            report.At(
                declaration.LocationOf("Rank"), rank, name, groups, more, $"a multiple of {groups}{(exclude.Length == 0 ? ", or leave it out" : exclude)}");
        }
        else
            report.At(declaration.LocationOf("Rank"), FixHint.SetOption("Rank", nearest), rank, name, groups, more, nearest + exclude);
    }

    private static string Exclude(IEnumerable<string> wrong, AdapterDeclaration declaration)
    {
        string[] refused = [.. wrong];
        return LeftOut.Exclude(refused, [.. declaration.Targets?.Adapted.Select(ModelTargets.Shown).Except(refused) ?? []]);
    }

    // A convolution whose groups don't divide the rank.
    private static LayerFacts Grouped(long rank) => new(LayerKind.Convolution, "Conv1d", rank + 1, rank + 1, [1], rank + 1);

    // The closest rank that fits all of them, the higher one of two; null if none is useful.
    private static string? Nearest(long rank, IEnumerable<long> groups)
    {
        var step = groups.Aggregate(1L, (common, next) => common > Highest || next > Highest ? long.MaxValue : common / Divisor(common, next) * next);
        return step > Highest ? null : (Math.Max(1, (rank + (step / 2)) / step) * step).ToString(CultureInfo.InvariantCulture);
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}
