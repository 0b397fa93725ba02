using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class LayerIndexOutOfRange() : DeclarationRule(
    "LORA2014",
    "A target names an index beyond its list",
    "\"{0}\" in {1} {2}: {3} has {4} element(s), so {5} is beyond its last index, {6}",
    DiagnosticSeverity.Error,
    FixKind.RemoveEntry)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { } targets)
            return;

        var indexes = new IndexBounds(declaration.Tree!, declaration.Contents);
        foreach (var option in new[] { "Targets", "Exclude" })
        {
            var entries = declaration.Entries(option);
            foreach (var (pattern, place) in entries)
            {
                if (indexes.Beyond(pattern, targets.Layers) is not var (index, list, count) || count == 0 || targets.MayHoldMore)
                    continue;

                // Without its last target the option would mean every layer.
                var fix = option == "Exclude" || entries.Count > 1 ? FixHint.RemoveEntry($"\"{pattern}\"") : null;
                report.At(place, fix, pattern, option, "matches nothing", Shown(list), count, index, count - 1);
            }
        }

        if (declaration.Options.Get<string?>("Layers", null) is { } text
            && !targets.MayHoldMore
            && indexes.Beyond(targets.Layers, text) is var (element, longest, last))
        {
            report.At(declaration.LocationOf("Layers"), text, "Layers", "is not all there", Shown(longest), last, element, last - 1);
        }
    }

    private static string Shown(ModelMember list) => ModelTargets.Shown(list).Replace(".*", string.Empty);
}
