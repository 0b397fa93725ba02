using LoraGen.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TiedWeights() : DeclarationRule(
    "LORA2015",
    "An adapted layer shares its weight with one that is not adapted",
    "{0} is adapted and {1} is not, but they share one weight: merging would change {1} too, so Merge throws; exclude {0}",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (!declaration.Method.IsMergeable || declaration.Targets is not { } targets)
            return;

        var adapted = targets.Layers.Where(layer => targets.Of(layer) == Targeted.Yes).ToArray();
        foreach (var (first, second, isSure, _) in declaration.Tree!.Classes.SelectMany(type => declaration.Contents.TiedIn((INamedTypeSymbol)type)))
        {
            if (!isSure || Find(first, second) is not var (layer, other))
                continue;

            var place = declaration.LocationOf("Exclude");
            var entries = declaration.Entries("Exclude").Select(entry => entry.Text).Append(ModelTargets.Shown(layer)).Select(entry => $"\"{entry}\"");
            if (targets.HasOwnAttribute(layer))
                report.At(place, ModelTargets.Shown(layer), ModelTargets.Shown(other));
            else
                report.At(place, FixHint.SetOption("Exclude", $"[{string.Join(", ", entries)}]"), ModelTargets.Shown(layer), ModelTargets.Shown(other));
            return;
        }

        // One of the two is adapted at every path, and the other at none.
        (ModelMember Layer, ModelMember Other)? Find(ISymbol first, ISymbol second)
        {
            var (a, b) = (MembersOf(first), MembersOf(second));
            if (a.Length == 0 || b.Length == 0)
                return null;
            if (a.All(adapted.Contains) && !b.Any(IsPerhapsAdapted))
                return (a[0], b[0]);
            return b.All(adapted.Contains) && !a.Any(IsPerhapsAdapted) ? (b[0], a[0]) : null;
        }

        bool IsPerhapsAdapted(ModelMember member) => targets.Adapted.Contains(member);

        ModelMember[] MembersOf(ISymbol symbol) => [.. declaration.Tree!.Members.Where(member => SymbolEqualityComparer.Default.Equals(member.Symbol, symbol))];
    }
}
