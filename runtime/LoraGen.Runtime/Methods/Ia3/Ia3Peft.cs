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

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config["fan_in_fan_out"] ??= false;
        config["init_ia3_weights"] ??= true;
        var names = Names(sites);
        config[Key] = Texts(names);

        // PEFT's IA3Config can't restrict targets to some indices, and requires each of the names above to be a target.
        var targets = config["layers_to_transform"] is null
            ? config["target_modules"]!.AsArray().Select(name => name!.GetValue<string>())
            : sites.Select(site => site.Path);
        config["target_modules"] = Texts(targets.Union(names).Order(StringComparer.Ordinal));
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

    // The last name if no other layer's path ends with it, otherwise the whole path.
    private static IReadOnlyList<string> Names(IReadOnlyList<Site> sites)
    {
        var paths = sites.Cast<Ia3Site>().Where(site => site.IsFeedForward).Select(site => site.Path).Order(StringComparer.Ordinal).ToArray();
        string[] names = [.. paths.Select(path => path[(path.LastIndexOf('.') + 1)..]).Distinct(StringComparer.Ordinal)];
        var others = sites.Select(site => site.Path).Except(paths);
        return others.Any(path => names.Any(name => path.EndsWith(name, StringComparison.Ordinal))) ? paths : names;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
