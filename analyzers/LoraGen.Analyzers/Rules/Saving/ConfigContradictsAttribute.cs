using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class ConfigContradictsAttribute() : DeclarationRule(
    "LORA5005",
    "The attribute contradicts adapter_config.json",
    "{0} says {1}: weights that were trained with one don't fit the other; change the attribute to match the file",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Model is null || declaration.Options.Method is not LowRankMethod low)
            return;

        var configs = AdapterConfig.AllOf(declaration.AdditionalFiles, declaration.Cancellation).Where(config => config.IsLora).ToArray();
        foreach (var config in configs.Where(config => config.IsNamed(declaration.Options.Name) || IsOnly(declaration, configs)))
        {
            var differences = Differences(declaration, low, config).ToArray();
            if (differences.Length == 0)
                continue;

            var only = differences.Length == 1 ? differences[0] : default;
            report.At(
                only.Option is null ? declaration.Syntax.GetLocation() : declaration.LocationOf(only.Option),
                only.Value is null ? null : FixHint.SetOption(only.Option!, only.Value),
                config.ShortPath,
                string.Join(", ", differences.Select(difference => difference.Text)));
        }
    }

    private static bool IsOnly(AdapterDeclaration declaration, AdapterConfig[] configs)
    {
        return configs.Length == 1 && ProjectAdapters.Count(declaration.Compilation) == 1;
    }

    // Value: what the option would have to be, if that is a single C# literal.
    private static IEnumerable<(string Text, string? Option, string? Value)> Differences(
        AdapterDeclaration declaration, LowRankMethod low, AdapterConfig config)
    {
        var options = declaration.Options;

        // PiSSA and OLoRA are saved as LoRA of twice the rank, unless the file has their own initialization.
        var hasOwnRank = low is not WeightStartMethod || config.Get<bool>("init_lora_weights") != true;
        var rank = hasOwnRank ? config.Get<double>("r") : null;
        if (rank is not null && rank != low.Rank)
            yield return Scalar("r", "Rank", rank.Value, low.Rank);

        // If Alpha isn't set, it equals the rank.
        if (hasOwnRank && config.Get<double>("lora_alpha") is { } alpha && alpha != (options.Sets("Alpha") || rank is null ? low.Alpha : rank))
            yield return Scalar("lora_alpha", "Alpha", alpha, low.Alpha);
        if (config.Get<double>("lora_dropout") is { } dropout && dropout != low.Dropout)
            yield return Scalar("lora_dropout", "Dropout", dropout, low.Dropout);
        if (config.Get<bool>("use_rslora") is { } stabilized && stabilized != low.RankStabilized)
            yield return ($"use_rslora {Written(stabilized)} (RankStabilized is {Written(low.RankStabilized)})", "RankStabilized", Written(stabilized));
        if (config.Get<bool>("use_dora") is { } usesDora && usesDora != low is DoraMethod)
            yield return ($"use_dora {Written(usesDora)} (the attribute is [{declaration.Method.AttributeLabel}])", null, null);
        if (config.Strings("target_modules") is { } modules && Targets(declaration) is { } targets && !targets.SetEquals(modules))
            yield return ($"target_modules {List(modules)} (Targets is {List(targets)})", "Targets", null);
    }

    private static (string Text, string? Option, string? Value) Scalar(string key, string option, double there, double here)
    {
        var fits = option != "Rank" || there == Math.Floor(there);
        return ($"{key} {Written(there)} ({option} is {Written(here)})", option, fits ? Written(there) : null);
    }

    // Null if there are none, or if they can't be compared because of a *.
    private static HashSet<string>? Targets(AdapterDeclaration declaration)
    {
        var targets = declaration.TargetEntries.Select(entry => entry.Text).ToArray();
        return targets.Length == 0 || targets.Any(target => target.Contains('*')) ? null : new HashSet<string>(targets, StringComparer.Ordinal);
    }

    private static string List(IEnumerable<string> names) => $"[{string.Join(", ", names.OrderBy(name => name, StringComparer.Ordinal))}]";

    private static string Written(double number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    private static string Written(bool value) => value ? "true" : "false";
}
