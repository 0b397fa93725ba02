using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <summary>IA³'s keys in PEFT's <c>adapter_config.json</c>.</summary>
internal sealed class Ia3Peft : PeftMethod
{
    private const string Key = "feedforward_modules";

    public static readonly Ia3Peft Instance = new();

    private static readonly string[] Keys = ["fan_in_fan_out", Key, "init_ia3_weights"];

    public override string Type => "IA3";

    public override IReadOnlyList<string> Modules { get; } = ["base_layer", "ia3_l"];

    public override bool HasLayers => false;

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config["fan_in_fan_out"] ??= false;
        config["init_ia3_weights"] ??= true;
        config[Key] = Names(config, sites);
        config.Remove("layers_to_transform");
        config.Remove("layers_pattern");
        if (config["bias"]?.GetValue<string>() == "none")
            config.Remove("bias");
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in PeftKeys.Faults(config, Keys, "IA³"))
            yield return line;

        var theirs = config.Selection(Key);
        foreach (var site in sites.Cast<Ia3Site>().Where(site => (theirs?.IsEndOf(site.Path) == true) != site.IsFeedForward))
        {
            var (one, other) = site.IsFeedForward ? ("lacks", "has") : ("has", "lacks");
            yield return $"{Key} {theirs?.Text ?? "[]"} {one} {site.Path}, but FeedForward {other} it";
        }
    }

    // Last names if no other layer's path ends with one of them, otherwise whole paths, otherwise a regular expression. PEFT requires that each name of a list is
    // in the list of the targets too.
    private static JsonNode Names(JsonObject config, IReadOnlyList<Site> sites)
    {
        var paths = sites.Cast<Ia3Site>().Where(site => site.IsFeedForward).Select(site => site.Path).Order(StringComparer.Ordinal).ToArray();
        var others = sites.Select(site => site.Path).Except(paths).ToArray();
        var targets = (config["target_modules"] as JsonArray)?.Select(name => name!.GetValue<string>()).ToArray();
        string[] names = [.. paths.Select(PeftNames.LastOf).Distinct(StringComparer.Ordinal)];
        if (!others.Any(path => PeftNames.Meet(names, path)) && names.All(name => targets?.Contains(name) != false))
            return PeftNames.List(names);
        if (others.Any(path => PeftNames.Meet(paths, path)))
            return PeftNames.Expression(paths);

        if (targets is not null)
            config["target_modules"] = PeftNames.List(targets.Union(paths).Order(StringComparer.Ordinal));
        return PeftNames.List(paths);
    }
}
