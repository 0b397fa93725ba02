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

    /// <summary>It depends on a list index.</summary>
    Maybe = No | Yes,
}

internal static class Targeting
{
    /// <param name="byDefault">Whether it is adapted if there are no targets, which is not the case for children of an adapted layer.</param>
    public static Targeted Decide(AttributeFacts attribute, string path, LayerKind kind, bool byDefault)
    {
        return AtIndices(attribute, path, ByPatterns(attribute, path, kind, byDefault), outside: Targeted.No);
    }

    /// <summary>Whether a layer with its own attribute is targeted, whatever the patterns are.</summary>
    public static Targeted DecideAnnotated(AttributeFacts attribute, string path) => AtIndices(attribute, path, Targeted.Yes, outside: Targeted.Yes);

    private static Targeted AtIndices(AttributeFacts attribute, string path, Targeted targeted, Targeted outside)
    {
        if (attribute.Layers is null || targeted == Targeted.No)
            return targeted;
        return path.Contains(TargetPattern.AnyIndex) ? Targeted.Maybe : outside;
    }

    private static Targeted ByPatterns(AttributeFacts attribute, string path, LayerKind kind, bool byDefault)
    {
        var included = attribute.Targets.Count > 0 ? Any(attribute.Targets, path) : byDefault ? Targeted.Yes : Targeted.No;
        if (!MayBe(attribute, kind))
            included = Targeted.No;
        return Any(attribute.Exclude, path) switch
        {
            Targeted.Yes => Targeted.No,
            Targeted.Maybe => included == Targeted.No ? Targeted.No : Targeted.Maybe,
            _ => included,
        };
    }

    /// <summary>Whether a layer is targeted that has more paths than can be followed.</summary>
    public static Targeted AtAnyPath(AttributeFacts attribute, LayerKind kind, bool isAsked)
    {
        var somewhere = MayBe(attribute, kind);
        if (!isAsked && !somewhere)
            return Targeted.No;

        var everywhere = attribute.Layers is null && (isAsked || attribute.Targets.Count + attribute.Exclude.Count == 0);
        return everywhere ? Targeted.Yes : Targeted.Maybe;
    }

    /// <summary>Whether layers of the kind are adapted where they are targeted. A layer of unknown kind may be of any.</summary>
    public static bool MayBe(AttributeFacts attribute, LayerKind kind)
    {
        return kind == LayerKind.Unknown || TargetSet.AllowKind(attribute.Targets, attribute.AllowedKinds, kind);
    }

    private static Targeted Any(IEnumerable<string> patterns, string path)
    {
        if (patterns.Any(pattern => TargetPattern.Matches(pattern, path)))
            return Targeted.Yes;
        return patterns.Any(pattern => TargetPattern.MayMatch(pattern, path)) ? Targeted.Maybe : Targeted.No;
    }
}
