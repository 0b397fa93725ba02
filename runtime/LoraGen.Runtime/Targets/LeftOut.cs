namespace LoraGen.Targets;

/// <summary>Finds exclusions that leave out some layers and no others.</summary>
/// <remarks>The generator compiles this file too, so that generating and attaching give the same advice.</remarks>
internal static class LeftOut
{
    /// <summary>The fewest patterns, as they are written in an attribute.</summary>
    /// <param name="layers">The paths of the layers to leave out, with <c>*</c> for an index that isn't known.</param>
    /// <param name="others">The paths of the layers to keep.</param>
    public static string Exclude(IReadOnlyCollection<string> layers, IReadOnlyCollection<string> others)
    {
        var patterns = new List<string>();
        foreach (var layer in layers.Where(layer => !patterns.Any(pattern => TargetPattern.Matches(pattern, layer))))
            patterns.Add(Candidates(layer).First(pattern => pattern == layer || !others.Any(other => TargetPattern.Matches(pattern, other))));
        return $"Exclude = [{string.Join(", ", patterns.Select(pattern => $"\"{pattern}\""))}]";
    }

    // A name is best, and then a path for all indices. An index alone says nothing.
    private static IEnumerable<string> Candidates(string layer)
    {
        var names = layer.Split('.');
        if (!IsIndex(names[names.Length - 1]))
            yield return names[names.Length - 1];
        yield return string.Join(".", names.Select(name => IsIndex(name) ? "*" : name));
        yield return layer;
    }

    private static bool IsIndex(string name) => name.All(char.IsDigit);
}
