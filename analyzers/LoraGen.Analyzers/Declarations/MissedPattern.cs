using LoraGen.Targets;

namespace LoraGen.Analyzers;

/// <summary>What may have been meant by a target or an exclusion that meets no layer.</summary>
internal static class MissedPattern
{
    /// <summary>What to write instead, in words.</summary>
    public static string Advice(string pattern, ModelTargets targets)
    {
        if (HoldsLayers(pattern, targets))
            return $"it names a module that holds layers: write \"{pattern}.*\"";
        if (targets.Ignored.Any(member => ModelTargets.Meets(pattern, member)))
            return "what it meets has [LoraIgnore]";
        return $"nearest: {string.Join(", ", NearNames.Of(pattern, targets.Layers.Select(ModelTargets.Shown)))}";
    }

    /// <summary>The pattern that was surely meant; null where none is near.</summary>
    public static string? Meant(string pattern, ModelTargets targets)
    {
        if (HoldsLayers(pattern, targets))
            return pattern + ".*";

        var segments = pattern.Count(c => c == '.') + 1;
        var meant = NearNames.Of(pattern, targets.Layers.Select(layer => Ending(ModelTargets.Shown(layer), segments)), most: 1).FirstOrDefault();
        return meant is not null && NearNames.Distance(pattern, meant) <= Math.Max(2, pattern.Length / 3) && targets.MeetsLayer(meant) ? meant : null;
    }

    private static bool HoldsLayers(string pattern, ModelTargets targets) => pattern.Length > 0 && targets.MeetsLayer(pattern + ".*");

    private static string Ending(string path, int segments)
    {
        var parts = path.Split('.');
        return string.Join(".", parts.Skip(Math.Max(0, parts.Length - segments)));
    }
}
