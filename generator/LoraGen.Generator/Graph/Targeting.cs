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
    public static Targeted Decide(AttributeFacts attribute, string path)
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
