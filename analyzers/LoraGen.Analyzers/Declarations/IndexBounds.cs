using LoraGen.Targets;

namespace LoraGen.Analyzers;

/// <summary>Checks list indices in targets and in <c>Layers</c> against the lengths of the lists.</summary>
internal sealed class IndexBounds(ModelTree tree, MemberContents contents)
{
    /// <summary>The index that a pattern names beyond the end of the list that it is for; null where it meets something, or may.</summary>
    public (string Index, ModelMember List, long Count)? Beyond(string pattern, IReadOnlyList<ModelMember> layers)
    {
        var met = layers.Where(layer => ModelTargets.Meets(pattern, layer)).ToArray();
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
    /// The element of <c>Layers</c> that goes beyond every list, and the longest one; null where there is none, where a length is not known, and where the text
    /// is none of indices.
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

    // With each index that the pattern names put in each place where the list is long enough.
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

    // Counted from the end: what stands before may have been replaced by longer text. What stands behind is as it was, lists being replaced in order.
    private static string At(string path, int fromEnd, string number)
    {
        var at = path.Length - fromEnd;
        return path.Substring(0, at) + number + path.Substring(at + 1);
    }

    // Those that a path goes through, the outermost first.
    private IEnumerable<ModelMember> Lists(string path)
    {
        return tree.Members
            .Where(member => member.IsInList && (path == member.Path || path.StartsWith(member.Path + ".", StringComparison.Ordinal)))
            .OrderBy(member => member.Path.Length);
    }
}
