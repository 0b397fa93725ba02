using LoraGen.Targets;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class EntryMeetsNoSite() : DeclarationRule(
    "LORA2020",
    "An entry of an option matches none of the adapted layers",
    "{0} \"{1}\" matches none of the layers that Targets adapts; the closest are {2}",
    DiagnosticSeverity.Error,
    FixKind.Replace)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Options.Method is not { } method || declaration.Targets is not { MayHoldMore: false } targets)
            return;

        string[] names = [.. targets.Adapted.Select(layer => layer.Path.Substring(layer.Path.LastIndexOf('.') + 1)).Distinct(StringComparer.Ordinal)];
        foreach (var option in method.PathOptions.Select(option => option.Option))
        {
            foreach (var (entry, place) in declaration.Entries(option).Where(entry => !targets.Adapted.Any(layer => ModelTargets.Meets(entry.Text, layer))))
                Report(report, option, entry, place, names);
        }
    }

    private static void Report(Report report, string option, string entry, Location place, string[] names)
    {
        var near = NearNames.Of(entry, names);
        report.At(place, near.Count == 0 ? null : FixHint.Replace($"\"{near[0]}\""), option, entry, string.Join(", ", near));
    }
}
