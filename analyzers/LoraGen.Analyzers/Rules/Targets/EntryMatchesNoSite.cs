using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class EntryMatchesNoSite() : DeclarationRule(
    "LORA2020",
    "An entry of an option matches none of the adapted layers",
    "{0} \"{1}\" matches none of the adapted layers; {2}",
    DiagnosticSeverity.Error,
    FixKind.Replace)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        // LORA2006 reports a model in which nothing is adapted.
        if (declaration.Options.Method is not { } method || declaration.Targets is not { } targets || targets.Adapted.ToArray() is not { Length: > 0 } adapted)
            return;

        foreach (var option in method.PathOptions.Select(option => option.Option).Append("AllowUnreached"))
        {
            foreach (var (entry, place) in declaration.Entries(option))
            {
                if (adapted.Any(layer => ModelTargets.Matches(entry, layer)) || targets.MayHoldMore)
                    continue;

                var (meant, advice) = Meant(entry, adapted, targets);
                report.At(place, meant is null ? null : FixHint.Replace($"\"{meant}\""), option, entry, advice);
            }
        }
    }

    private static (string? Meant, string Advice) Meant(string entry, ModelMember[] adapted, ModelTargets targets)
    {
        if (RegexPattern.Is(entry) && RegexPattern.ToGlob(entry) is { Length: > 0 } glob && adapted.Any(layer => ModelTargets.Matches(glob, layer)))
            return (glob, $"entries are names with * for any characters: write \"{glob}\"");
        if (targets.Layers.FirstOrDefault(layer => ModelTargets.Matches(entry, layer)) is { } other)
            return (null, $"{ModelTargets.Shown(other)} is not adapted: add it to Targets, or remove it here");
        return (MissedPattern.Meant(entry, adapted), MissedPattern.Advice(entry, adapted));
    }
}
