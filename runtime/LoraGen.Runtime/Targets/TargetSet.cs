namespace LoraGen.Targets;

/// <summary>The layers of an adapter: those that a target matches and no exclusion does. Without targets: every layer of the default kind.</summary>
internal sealed class TargetSet(IReadOnlyList<string> targets, IReadOnlyList<string> exclude)
{
    public bool IsEmpty => targets.Count == 0;

    /// <param name="path">The layer's path.</param>
    /// <param name="isDefault">Whether its kind is adapted without targets.</param>
    public bool Contains(string path, bool isDefault)
    {
        return ((isDefault && IsEmpty) || targets.Any(target => TargetPattern.Matches(target, path)))
            && !exclude.Any(pattern => TargetPattern.Matches(pattern, path));
    }

    /// <summary>Throws for each target or exclusion that matches none of the model's layers: otherwise something else would be trained silently.</summary>
    /// <param name="adapter">The adapter's name in messages.</param>
    /// <param name="layers">Paths of every layer that could be adapted.</param>
    public void EnsureEachMatches(string adapter, IReadOnlyCollection<string> layers)
    {
        var misses = Misses("Target", targets, layers).Concat(Misses("Exclude", exclude, layers)).ToArray();
        if (misses.Length > 0)
            throw new InvalidOperationException($"{adapter}: {string.Join(" ", misses)}");
    }

    /// <summary>Throws for each target that matches layers of the model, but none at the indices of a restriction.</summary>
    /// <param name="adapter">The adapter's name in messages.</param>
    /// <param name="restriction">The restriction's name in messages.</param>
    /// <param name="layers">Paths of every layer that could be adapted.</param>
    /// <param name="there">Paths of the layers that the restriction allows.</param>
    public void EnsureEachMatchesAt(string adapter, string restriction, IReadOnlyCollection<string> layers, IReadOnlyCollection<string> there)
    {
        var missed = targets.Where(target => !there.Any(layer => TargetPattern.Matches(target, layer))).ToArray();
        if (missed.Length > 0)
        {
            throw new InvalidOperationException($"{adapter}: " + string.Join(" ", missed.Select(target =>
                $"Target \"{target}\" matches {layers.First(layer => TargetPattern.Matches(target, layer))}, which is not at the indices of {restriction}.")));
        }
    }

    /// <summary>Throws for each entry of another option that matches none of the adapted layers.</summary>
    /// <param name="adapter">The adapter's name in messages.</param>
    /// <param name="option">The option.</param>
    /// <param name="patterns">Its entries.</param>
    /// <param name="sites">Paths of the adapted layers.</param>
    public static void EnsureEachMatchesSite(string adapter, string option, IReadOnlyList<string> patterns, IReadOnlyCollection<string> sites)
    {
        if (patterns.FirstOrDefault(pattern => !sites.Any(site => TargetPattern.Matches(pattern, site))) is { } missed)
        {
            throw new InvalidOperationException(
                $"{adapter}: {option} \"{missed}\" matches none of the adapted layers. Nearest: {string.Join(", ", ClosestNames.Of(missed, sites))}.");
        }
    }

    /// <summary>Throws if no layer is adapted.</summary>
    /// <param name="adapter">The adapter's name in messages.</param>
    /// <param name="layers">The number of layers that could be adapted.</param>
    /// <param name="sites">The number of layers that are.</param>
    public void EnsureSomeAreAdapted(string adapter, int layers, int sites)
    {
        if (sites > 0)
            return;

        var why = IsEmpty && layers > 0 ? " Without targets only Linear layers are adapted: name others in Targets." : string.Empty;
        throw new InvalidOperationException($"{adapter}: none of the model's {layers} layers is adapted. Check Targets, Exclude and [LoraIgnore].{why}");
    }

    private static IEnumerable<string> Misses(string option, IReadOnlyList<string> patterns, IReadOnlyCollection<string> layers)
    {
        foreach (var pattern in patterns)
        {
            if (!layers.Any(layer => TargetPattern.Matches(pattern, layer)))
                yield return $"{option} \"{pattern}\" matches no layer of the model. {Advice(pattern, layers)}";
        }
    }

    private static string Advice(string pattern, IReadOnlyCollection<string> layers)
    {
        if (layers.Count == 0)
            return "The model has no layer that can be adapted: are its modules registered (RegisterComponents)?";
        if (layers.Any(layer => TargetPattern.Matches($"{pattern}.*", layer)))
            return $"It names a module that holds layers; write \"{pattern}.*\" for all of them.";

        return $"Nearest: {string.Join(", ", ClosestNames.Of(pattern, layers))}.";
    }
}
