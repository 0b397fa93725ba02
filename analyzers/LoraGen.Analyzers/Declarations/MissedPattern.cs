using LoraGen.Targets;

namespace LoraGen.Analyzers;

/// <summary>Suggestions for a target or an exclusion that matches no layer.</summary>
internal static class MissedPattern
{
    /// <summary>A sentence about what to write instead.</summary>
    public static string Advice(string pattern, ModelTargets targets)
    {
        return !HoldsLayers(pattern, targets.Layers) && targets.Ignored.Any(member => ModelTargets.Matches(pattern, member))
            ? "what it matches has [LoraIgnore]"
            : Advice(pattern, targets.Layers);
    }

    /// <summary>A sentence about what to write instead if the pattern must match one of these layers.</summary>
    public static string Advice(string pattern, IReadOnlyList<ModelMember> layers)
    {
        return HoldsLayers(pattern, layers)
            ? $"it names a module that holds layers: write \"{pattern}.*\""
            : $"nearest: {string.Join(", ", ClosestNames.Of(pattern, layers.Select(ModelTargets.Shown)))}";
    }

    /// <summary>The pattern that was probably meant, which matches one of these layers; null if none is close.</summary>
    public static string? Meant(string pattern, IReadOnlyList<ModelMember> layers)
    {
        if (HoldsLayers(pattern, layers))
            return pattern + ".*";

        var segments = pattern.Count(c => c == '.') + 1;
        var meant = ClosestNames.Of(pattern, layers.Select(layer => Ending(ModelTargets.Shown(layer), segments)), most: 1).FirstOrDefault();
        return meant is not null && ClosestNames.Distance(pattern, meant) <= Math.Max(2, pattern.Length / 3) && Match(meant, layers) ? meant : null;
    }

    private static bool HoldsLayers(string pattern, IReadOnlyList<ModelMember> layers) => pattern.Length > 0 && Match(pattern + ".*", layers);

    private static bool Match(string pattern, IReadOnlyList<ModelMember> layers) => layers.Any(layer => ModelTargets.Matches(pattern, layer));

    private static string Ending(string path, int segments)
    {
        var parts = path.Split('.');
        return string.Join(".", parts.Skip(Math.Max(0, parts.Length - segments)));
    }
}
