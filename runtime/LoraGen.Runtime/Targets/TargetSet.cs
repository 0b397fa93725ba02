namespace LoraGen.Targets;

/// <summary>
/// The layers of an adapter: those of its kinds that a target matches and no exclusion does. Without targets: every layer of its kinds, by default every
/// Linear.
/// </summary>
internal sealed class TargetSet(IReadOnlyList<string> targets, IReadOnlyList<string> exclude, IReadOnlyList<LayerKind> kinds)
{
    public bool IsEmpty => targets.Count == 0;

    /// <param name="path">The layer's path.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="byDefault">Whether it is adapted without targets, if its kind is.</param>
    public bool Contains(string path, LayerKind kind, bool byDefault)
    {
        return (IsEmpty ? byDefault : targets.Any(target => TargetPattern.Matches(target, path)))
            && AllowKind(targets, kinds, kind)
            && !exclude.Any(pattern => TargetPattern.Matches(pattern, path));
    }

    /// <summary>Whether a module is selected, or lies in one that is: then its parameters are.</summary>
    public bool ContainsWithin(string path)
    {
        return (IsEmpty || AreWithin(targets, path, TargetPattern.Matches)) && !AreWithin(exclude, path, TargetPattern.Matches);
    }

    /// <summary>
    /// Whether a module is selected, or lies in one that is, for some value of the path's <see cref="TargetPattern.AnyIndex"/> placeholders, and is excluded
    /// for none.
    /// </summary>
    public bool MayContainWithin(string path)
    {
        return (IsEmpty || AreWithin(targets, path, TargetPattern.MayMatch)) && !AreWithin(exclude, path, TargetPattern.MayMatch);
    }

    /// <summary>Whether layers of the kind are adapted, where they are targeted.</summary>
    public static bool AllowKind(IReadOnlyCollection<string> targets, IReadOnlyCollection<LayerKind> kinds, LayerKind kind)
    {
        return kinds.Count == 0 ? targets.Count > 0 || kind == LayerKind.Linear : kinds.Contains(kind);
    }

    /// <summary>Throws for a kind that no layer of the model has, and for a target that only matches layers of other kinds.</summary>
    /// <param name="adapter">The adapter's name in messages.</param>
    /// <param name="layers">Paths and kinds of every layer that could be adapted.</param>
    /// <param name="sites">Paths of the adapted layers.</param>
    public void EnsureEachKind(string adapter, IReadOnlyCollection<(string Path, LayerKind Kind)> layers, IReadOnlyCollection<string> sites)
    {
        if (kinds.Count == 0)
            return;

        foreach (var kind in kinds.Where(kind => !layers.Any(layer => layer.Kind == kind)))
            throw new InvalidOperationException($"{adapter}: Kinds has {kind}, but no layer of the model is of that kind. Remove it.");
        foreach (var target in targets.Where(target => !sites.Any(site => TargetPattern.Matches(target, site))))
        {
            var matched = layers.Where(layer => TargetPattern.Matches(target, layer.Path)).ToArray();
            if (matched.All(layer => !kinds.Contains(layer.Kind)))
            {
                throw new InvalidOperationException(
                    $"{adapter}: Target \"{target}\" only matches layers of kinds that are not in Kinds ({string.Join(", ", kinds)}): {matched[0].Path} is of "
                    + $"kind {matched[0].Kind}.");
            }
        }
    }

    /// <summary>Throws for each target or exclusion that matches none of the model's layers: otherwise something else would be trained silently.</summary>
    /// <param name="adapter">The adapter's name in messages.</param>
    /// <param name="layers">Paths of every layer, or of every other kind of place, that could be adapted.</param>
    /// <param name="place">What they are, for messages.</param>
    public void EnsureEachMatches(string adapter, IReadOnlyCollection<string> layers, string place = "layer")
    {
        var misses = Misses("Target", targets, layers, place).Concat(Misses("Exclude", exclude, layers, place)).ToArray();
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

    /// <summary>Throws for each target that selects modules, but nothing to train in them.</summary>
    /// <param name="adapter">The adapter's name in messages.</param>
    /// <param name="modules">Paths of the modules with something to train.</param>
    /// <param name="trained">What is trained, for messages.</param>
    public void EnsureEachSelects(string adapter, IReadOnlyCollection<string> modules, string trained)
    {
        if (targets.FirstOrDefault(target => !modules.Any(module => AreWithin([target], module, TargetPattern.Matches))) is { } missed)
        {
            throw new InvalidOperationException(
                $"{adapter}: Target \"{missed}\" matches no module with {trained}. Nearest of those that have: "
                + $"{string.Join(", ", ClosestNames.Of(missed, modules))}.");
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

        if (layers == 0)
            throw new InvalidOperationException($"{adapter}: there is no layer to adapt. Are the model's modules registered (RegisterComponents)?");

        var why = IsEmpty && kinds.Count == 0 && layers > 0 ? " Without targets only Linear layers are adapted: name others in Targets." : string.Empty;
        throw new InvalidOperationException($"{adapter}: none of the model's {layers} layers is adapted. Check Targets, Exclude and [LoraIgnore].{why}");
    }

    private static IEnumerable<string> Misses(string option, IReadOnlyList<string> patterns, IReadOnlyCollection<string> layers, string place)
    {
        foreach (var pattern in patterns)
        {
            if (!layers.Any(layer => TargetPattern.Matches(pattern, layer)))
                yield return $"{option} \"{pattern}\" matches no {place} of the model. {Advice(pattern, layers)}";
        }
    }

    private static bool AreWithin(IReadOnlyList<string> patterns, string path, Func<string, string, bool> matches)
    {
        for (var outer = path; outer.Length > 0; outer = outer.Substring(0, Math.Max(0, outer.LastIndexOf('.'))))
        {
            if (patterns.Any(pattern => matches(pattern, outer)))
                return true;
        }

        return false;
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
