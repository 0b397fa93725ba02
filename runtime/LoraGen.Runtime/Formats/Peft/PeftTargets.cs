using System.Globalization;
using System.Text.Json.Nodes;

namespace LoraGen.Formats;

/// <summary>Which layers are adapted, in PEFT's files: <c>target_modules</c>, <c>layers_to_transform</c> and <c>layers_pattern</c>.</summary>
/// <param name="Paths">Paths of all modules of the base model.</param>
/// <param name="Layers">Paths of the layers that can be adapted.</param>
/// <param name="Lists">Paths of the lists whose indices restrict the adapter.</param>
internal sealed record PeftTargets(IReadOnlyList<string> Paths, IReadOnlyList<string> Layers, IReadOnlyList<string> Lists)
{
    /// <summary>Sets the keys: last names if they only match the sites, as most readers expect, otherwise whole paths.</summary>
    public void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config["exclude_modules"] = null;
        var names = sites.Select(site => site.Path[(site.Path.LastIndexOf('.') + 1)..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var indices = Lists.SelectMany(list => sites.Select(site => Index(list, site.Path))).OfType<long>().Distinct().Order().ToArray();
        var lists = Lists.Select(list => list[(list.LastIndexOf('.') + 1)..]).Distinct(StringComparer.Ordinal).ToArray();
        config["target_modules"] = Texts(names);
        config["layers_to_transform"] = indices.Length == 0 ? null : new JsonArray([.. indices.Select(index => (JsonNode?)index)]);
        config["layers_pattern"] = lists.Length switch
        {
            0 => null,
            1 => lists[0],
            _ => Texts(lists),
        };

        // Versions of PEFT differ in the index of a layer in nested lists.
        var read = PeftConfig.Of(config);
        if (Fit(PeftLayers.Of(read)) && Fit(PeftLayers.OfOlder(read)))
            return;

        config["target_modules"] = Texts(sites.Select(site => site.Path).Order(StringComparer.Ordinal));
        config["layers_to_transform"] = null;
        config["layers_pattern"] = null;

        bool Fit(PeftLayers written)
        {
            var adapted = Adapted(sites);
            return Paths.Where(written.Contain).All(adapted.Contains) && sites.All(site => written.Contain(site.Path));
        }
    }

    /// <summary>The contradictions of a config, one line each.</summary>
    public IEnumerable<string> Faults(PeftConfig config, IReadOnlyList<Site> sites)
    {
        if (config.Json["target_modules"] is JsonValue && (config.Json["layers_to_transform"] ?? config.Json["layers_pattern"]) is not null)
            return ["layers_to_transform and layers_pattern need a list as target_modules; with a regular expression PEFT refuses them"];
        if (config.List("layers_pattern").Count > 0 && config.Json["layers_to_transform"] is null)
            return ["layers_pattern needs layers_to_transform; without it PEFT refuses it"];

        var faults = Faults(PeftLayers.Of(config), sites).ToArray();
        return faults.Length > 0 && Faults(PeftLayers.OfOlder(config), sites).Any() ? faults : [];
    }

    private IEnumerable<string> Faults(PeftLayers chosen, IReadOnlyList<Site> sites)
    {
        if (!chosen.AreNamed)
            yield break;

        var adapted = Adapted(sites);
        var theirs = Layers.Where(path => !chosen.AreAllLinear && chosen.Contain(path) && !adapted.Contains(path)).ToArray();
        if (theirs.Length > 0)
            yield return $"target_modules {chosen.Text} adapts {PathList.Summarize(theirs)}, but the attribute does not";

        var ours = sites.Select(site => site.Path).Where(path => !chosen.Contain(path)).ToArray();
        if (ours.Length > 0)
            yield return $"the attribute adapts {PathList.Summarize(ours)}, but target_modules {chosen.Text} does not";
    }

    private static HashSet<string> Adapted(IReadOnlyList<Site> sites)
    {
        return sites.SelectMany(site => site.Aliases.Prepend(site.Path)).ToHashSet(StringComparer.Ordinal);
    }

    private static long? Index(string list, string path)
    {
        return path.StartsWith(list + ".", StringComparison.Ordinal)
            && long.TryParse(path[(list.Length + 1)..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
