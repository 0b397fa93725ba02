using LoraGen.Targets;

namespace LoraGen.Analyzers;

/// <summary>Checks list indices in targets and in <c>Layers</c> against the lengths of the lists.</summary>
internal sealed class IndexBounds(ModelTree tree, MemberContents contents)
{
    /// <summary>The index in a pattern that is beyond the end of its list; null if the pattern matches a layer, or may match one.</summary>
    public (string Index, ModelMember List, long Count)? Beyond(string pattern, IReadOnlyList<ModelMember> layers)
    {
        var met = layers.Where(layer => ModelTargets.Matches(pattern, layer)).ToArray();
        var numbers = pattern.Split('.').Where(segment => segment.Length is > 0 and < 10 && segment.All(char.IsDigit)).ToArray();
        if (met.Length == 0 || numbers.Length == 0 || met.Any(layer => MayExist(pattern, layer, numbers)))
            return null;

        foreach (var list in Lists(met[0].Path))
        {
            if (contents.CountOf(list) is { } count && numbers.FirstOrDefault(number => long.Parse(number) >= count) is { } index)
                return (index, list, count);
        }

        return null;
    }

    /// <summary>
    /// The element of <c>Layers</c> that is beyond the end of every list, and the longest list; null if there is none, if a length is not known, or if the text
    /// is invalid.
    /// </summary>
    public (string Element, ModelMember List, long Count)? Beyond(IReadOnlyList<ModelMember> layers, string text)
    {
        var lists = layers.Select(layer => Lists(layer.Path).FirstOrDefault()).OfType<ModelMember>().Distinct().OrderByDescending(contents.CountOf).ToArray();
        if (lists.Length == 0 || lists.Any(list => contents.CountOf(list) is null))
            return null;

        try
        {
            var element = LayerRanges.Parse(text).Beyond([.. lists.Select(list => contents.CountOf(list)!.Value)]).FirstOrDefault();
            return element is null ? null : (element, lists[0], contents.CountOf(lists[0])!.Value);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // Tries each index of the pattern at each list that is long enough.
    private bool MayExist(string pattern, ModelMember layer, string[] numbers)
    {
        var paths = new List<string> { layer.Path };
        foreach (var list in Lists(layer.Path))
        {
            var count = contents.CountOf(list);
            var own = list.Path.Length - 1;
            paths.AddRange(paths.ToArray().SelectMany(path => numbers
                .Where(number => count is null || long.Parse(number) < count)
                .Select(number => At(path, layer.Path.Length - own, number))));
        }

        return paths.Any(path => TargetPattern.Matches(pattern, path));
    }

    // Counted from the end: earlier segments may have been replaced by longer text, later ones are unchanged because lists are replaced in order.
    private static string At(string path, int fromEnd, string number)
    {
        var at = path.Length - fromEnd;
        return path.Substring(0, at) + number + path.Substring(at + 1);
    }

    // The lists that a path goes through, the outermost first.
    private IEnumerable<ModelMember> Lists(string path)
    {
        return tree.Members
            .Where(member => member.IsInList && (path == member.Path || path.StartsWith(member.Path + ".", StringComparison.Ordinal)))
            .OrderBy(member => member.Path.Length);
    }
}
