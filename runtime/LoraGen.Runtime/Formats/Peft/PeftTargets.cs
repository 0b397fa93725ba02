using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

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
    public void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config["exclude_modules"] = null;
        var names = sites.Select(site => PeftNames.LastOf(site.Path)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var indices = Lists.SelectMany(list => sites.Select(site => Index(list, site.Path))).OfType<long>().Distinct().Order().ToArray();
        var lists = Lists.Select(PeftNames.LastOf).Distinct(StringComparer.Ordinal).ToArray();
        config["target_modules"] = PeftNames.List(names);
        config["layers_to_transform"] = indices.Length == 0 ? null : new JsonArray([.. indices.Select(index => (JsonNode?)index)]);
        config["layers_pattern"] = lists.Length switch
        {
            0 => null,
            1 => lists[0],
            _ => PeftNames.List(lists),
        };
        if (IsExact(config, sites) && (indices.Length == 0 || (sites[0].Method.Peft.HasLayers && !Paths.Any(path => HasSeveralIndices(path, lists)))))
            return;

        var paths = sites.Select(site => site.Path).Order(StringComparer.Ordinal).ToArray();
        config["target_modules"] = PeftNames.List(paths);
        config["layers_to_transform"] = null;
        config["layers_pattern"] = null;
        if (!IsExact(config, sites))
            config["target_modules"] = PeftNames.Expression(paths);
    }

    /// <summary>The contradictions of a config, one line each.</summary>
    public IEnumerable<string> Faults(PeftConfig config, IReadOnlyList<Site> sites)
    {
        var chosen = new PeftLayers(config);
        if (!chosen.AreNamed)
            yield break;

        var adapted = Adapted(sites);
        var mayAdaptMore = chosen.AreAllLinear || IsOldList(config, sites);
        var theirs = Layers.Where(path => !mayAdaptMore && chosen.Contain(path) && !adapted.Contains(path)).ToArray();
        if (theirs.Length > 0)
            yield return $"target_modules {chosen.Text} adapts {PathList.Summarize(theirs)}, but the attribute does not";

        var ours = sites.Select(site => site.Path).Where(path => !chosen.Contain(path)).ToArray();
        if (ours.Length > 0)
            yield return $"the attribute adapts {PathList.Summarize(ours)}, but target_modules {chosen.Text} does not";
    }

    private bool IsExact(JsonObject config, IReadOnlyList<Site> sites)
    {
        // PEFT would also adapt another layer with the same weight, and the file has no tensors for it.
        var adapted = sites.Select(site => site.Path).ToHashSet(StringComparer.Ordinal);
        var written = new PeftLayers(PeftConfig.Of(config));
        return Paths.Where(written.Contain).All(adapted.Contains) && sites.All(site => written.Contain(site.Path));
    }

    // LoraGen wrote all whole paths as a list, although the tensors of other layers that it selects are not in the file.
    private static bool IsOldList(PeftConfig config, IReadOnlyList<Site> sites)
    {
        return config.Json["target_modules"] is JsonArray && config.List("target_modules").ToHashSet().SetEquals(sites.Select(site => site.Path));
    }

    // The index is the first one in a path for some versions of PEFT, and the last one for others.
    private static bool HasSeveralIndices(string path, IEnumerable<string> lists)
    {
        var pattern = $@"(?<=\.)(?:{string.Join('|', lists.Select(Regex.Escape))})\.(\d+)(?=\.)";
        return Regex.Matches(path, pattern, RegexOptions.CultureInvariant).Select(match => match.Groups[1].Value).Distinct().Count() > 1;
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
}
