using LoraGen.Generator.Models;
using LoraGen.Targets;

namespace LoraGen.Generator.Graph;

/// <summary>Whether a layer is targeted, as far as its path is known at compile time.</summary>
[Flags]
internal enum Targeted
{
    Never = 0,
    No = 1,
    Yes = 2,

    /// <summary>It hangs on a list index.</summary>
    Perhaps = No | Yes,
}

internal static class Targeting
{
    public static Targeted Decide(AttributeFacts attribute, string path) => AtIndices(attribute, path, ByPatterns(attribute, path), outside: Targeted.No);

    /// <summary>The same where an attribute on the layer itself asks for it, whatever the patterns.</summary>
    public static Targeted DecideAsked(AttributeFacts attribute, string path) => AtIndices(attribute, path, Targeted.Yes, outside: Targeted.Yes);

    private static Targeted AtIndices(AttributeFacts attribute, string path, Targeted targeted, Targeted outside)
    {
        if (attribute.Layers is null || targeted == Targeted.No)
            return targeted;
        return path.Contains(TargetPattern.AnyIndex) ? Targeted.Perhaps : outside;
    }

    private static Targeted ByPatterns(AttributeFacts attribute, string path)
    {
        var included = attribute.Targets.Count == 0 ? Targeted.Yes : Any(attribute.Targets, path);
        return Any(attribute.Exclude, path) switch
        {
            Targeted.Yes => Targeted.No,
            Targeted.Perhaps => included == Targeted.No ? Targeted.No : Targeted.Perhaps,
            _ => included,
        };
    }

    private static Targeted Any(IEnumerable<string> patterns, string path)
    {
        if (patterns.Any(pattern => TargetPattern.Matches(pattern, path)))
            return Targeted.Yes;
        return patterns.Any(pattern => TargetPattern.MayMatch(pattern, path)) ? Targeted.Perhaps : Targeted.No;
    }
}
