namespace LoraGen.Runtime.Tests.Interop;

/// <summary>
/// PEFT's <c>_find_minimal_target_modules</c>: a long list of targets is replaced by the shortest ends that separate them from all other modules.
/// </summary>
internal static class MinimalTargets
{
    // From this number of targets on.
    private const int Threshold = 20;

    public static IReadOnlyCollection<string> Of(IReadOnlyCollection<string> targets, IEnumerable<string> paths)
    {
        if (targets.Count < Threshold)
            return targets;

        var others = paths.Where(path => !targets.Contains(path) && !targets.Any(name => path.EndsWith($".{name}", StringComparison.Ordinal)));
        var taken = others.SelectMany(Ends).ToHashSet(StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in targets.OrderBy(target => string.Join('\0', Ends(target)), StringComparer.Ordinal))
        {
            foreach (var end in Ends(target).Where(end => !found.Contains(end) && !taken.Contains(end)))
            {
                if (found.Any(shorter => target.EndsWith($".{shorter}", StringComparison.Ordinal)))
                    continue;
                found.Add(end);
                break;
            }
        }

        return found.Count > 0 && found.Count < targets.Count ? found : targets;
    }

    private static IEnumerable<string> Ends(string path)
    {
        var parts = path.Split('.');
        return Enumerable.Range(1, parts.Length).Select(count => string.Join('.', parts[^count..]));
    }
}
