using System.Globalization;
using System.Text.Json.Nodes;

namespace LoraGen.Formats;

/// <summary>Which layers are adapted, in PEFT's files: <c>target_modules</c>, <c>layers_to_transform</c> and <c>layers_pattern</c>.</summary>
/// <param name="Paths">Paths of all modules of the base model.</param>
/// <param name="Layers">Paths of the layers that can be adapted.</param>
/// <param name="Lists">Paths of the lists whose indices restrict the adapter.</param>
internal sealed record PeftTargets(IReadOnlyList<string> Paths, IReadOnlyList<string> Layers, IReadOnlyList<string> Lists)
{
    /// <summary>
    /// Sets the keys: last names if they only match the sites, as most readers expect, otherwise whole paths. If a whole path is also the end of another one,
    /// a regular expression, which PEFT matches with whole paths.
    /// </summary>
    /// <param name="config">The config.</param>
    /// <param name="adapted">Paths of the adapted modules.</param>
    /// <param name="hasLayers">Whether the method's config has the keys about layers.</param>
    public void Describe(JsonObject config, IReadOnlyList<string> adapted, bool hasLayers)
    {
        config["exclude_modules"] = null;
        var names = adapted.Select(PeftNames.LastOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var indices = Lists.SelectMany(list => adapted.Select(path => Index(list, path))).OfType<long>().Distinct().Order().ToArray();
        var lists = Lists.Select(PeftNames.LastOf).Distinct(StringComparer.Ordinal).ToArray();
        config["target_modules"] = PeftNames.List(names);
        config["layers_to_transform"] = indices.Length == 0 ? null : new JsonArray([.. indices.Select(index => (JsonNode?)index)]);
        config["layers_pattern"] = lists.Length switch
        {
            0 => null,
            1 => lists[0],
            _ => PeftNames.List(lists),
        };

        // IA³ has no such keys, and versions of PEFT differ in the index of a layer in nested lists.
        if (Fit(config, adapted) && (indices.Length == 0 || hasLayers))
            return;

        var paths = adapted.Order(StringComparer.Ordinal).ToArray();
        config["target_modules"] = PeftNames.List(paths);
        config["layers_to_transform"] = null;
        config["layers_pattern"] = null;
        if (!Fit(config, adapted))
            config["target_modules"] = PeftNames.Expression(paths);
    }

    /// <summary>The contradictions of a config, one line each.</summary>
    /// <param name="config">The config.</param>
    /// <param name="paths">Paths of the adapted modules.</param>
    /// <param name="aliases">These paths, and those of layers that share a weight with one of them.</param>
    public IEnumerable<string> Faults(PeftConfig config, IReadOnlyList<string> paths, IEnumerable<string> aliases)
    {
        if (config.Json["target_modules"] is JsonValue && (config.Json["layers_to_transform"] ?? config.Json["layers_pattern"]) is not null)
            return ["layers_to_transform and layers_pattern need a list as target_modules; with a regular expression PEFT refuses them"];
        if (config.List("layers_pattern").Count > 0 && config.Json["layers_to_transform"] is null)
            return ["layers_pattern needs layers_to_transform; without it PEFT refuses it"];

        var adapted = aliases.ToHashSet(StringComparer.Ordinal);
        var isOld = IsOldList(config, paths);
        var faults = Faults(PeftLayers.Of(config), paths, adapted, isOld).ToArray();
        return faults.Length > 0 && Faults(PeftLayers.OfOlder(config), paths, adapted, isOld).Any() ? faults : [];
    }

    private IEnumerable<string> Faults(PeftLayers chosen, IReadOnlyList<string> paths, HashSet<string> adapted, bool isOld)
    {
        if (!chosen.AreNamed)
            yield break;

        var mayAdaptMore = chosen.AreAllLinear || isOld;
        var theirs = Layers.Where(path => !mayAdaptMore && chosen.Contain(path) && !adapted.Contains(path)).ToArray();
        if (theirs.Length > 0)
            yield return $"target_modules {chosen.Text} adapts {PathList.Summarize(theirs)}, but the attribute does not";

        var ours = paths.Where(path => !chosen.Contain(path)).ToArray();
        if (ours.Length > 0)
            yield return $"the attribute adapts {PathList.Summarize(ours)}, but target_modules {chosen.Text} does not";
    }

    // PEFT would also adapt another layer with the same weight, and the file has no tensors for it.
    private bool Fit(JsonObject config, IReadOnlyList<string> adapted)
    {
        var read = PeftConfig.Of(config);
        var paths = adapted.ToHashSet(StringComparer.Ordinal);
        return new[] { PeftLayers.Of(read), PeftLayers.OfOlder(read) }.All(written => paths.SetEquals(Paths.Where(written.Contain)));
    }

    // LoraGen wrote all whole paths as a list, although the tensors of other layers that it selects are not in the file.
    private static bool IsOldList(PeftConfig config, IReadOnlyList<string> paths)
    {
        return config.Json["target_modules"] is JsonArray && config.List("target_modules").ToHashSet().SetEquals(paths);
    }

    private static long? Index(string list, string path)
    {
        return path.StartsWith(list + ".", StringComparison.Ordinal)
            && long.TryParse(path[(list.Length + 1)..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
