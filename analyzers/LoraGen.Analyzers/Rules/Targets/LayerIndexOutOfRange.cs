using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class LayerIndexOutOfRange() : DeclarationRule(
    "LORA2014",
    "A target names an index beyond its list",
    "\"{0}\" in {1} meets nothing: {2} has {3} element(s), so {4} is beyond its last index, {5}",
    DiagnosticSeverity.Error,
    FixKind.RemoveEntry)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { } targets)
            return;

        var indexes = new ListIndexes(declaration.Tree!, declaration.Contents);
        foreach (var option in new[] { "Targets", "Exclude" })
        {
            var entries = declaration.Entries(option);
            foreach (var (pattern, place) in entries)
            {
                if (indexes.Beyond(pattern, targets.Layers) is not var (index, list, count) || count == 0 || targets.MayHoldMore)
                    continue;

                // Without targets every layer would be one.
                var fix = option == "Exclude" || entries.Count > 1 ? FixHint.RemoveEntry($"\"{pattern}\"") : null;
                report.At(place, fix, pattern, option, ModelTargets.Shown(list).Replace(".*", string.Empty), count, index, count - 1);
            }
        }
    }
}
