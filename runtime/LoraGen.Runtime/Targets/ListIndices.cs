using System.Globalization;

namespace LoraGen.Targets;

/// <summary>An attribute's restriction to some indices of the model's lists, which must be added one by one; without a text there is no restriction.</summary>
internal sealed class ListIndices
{
    private readonly LayerRanges? _ranges;
    private readonly string? _text;
    private readonly Dictionary<string, long> _lists = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException"><paramref name="text"/> is invalid.</exception>
    public ListIndices(string? text)
    {
        _text = text;
        _ranges = text is null ? null : Parse(text);
    }

    public bool AreRestricted => _ranges is not null;

    /// <summary>Adds a list of modules; Sequentials and dictionaries are not lists.</summary>
    public void Remember(string path, long count) => _lists.Add(path, count);

    /// <summary>Whether the layer's index is among those selected; a layer outside of every list has none.</summary>
    public bool Contain(string path) => _ranges is null || (ListOf(path) is { } list && Contain(path, list));

    /// <summary>Whether a layer with its own attribute is selected: outside of every list the restriction doesn't apply to it.</summary>
    public bool ContainOrPass(string path) => _ranges is null || ListOf(path) is not { } list || Contain(path, list);

    /// <summary>The lists that the restriction applies to; empty without a restriction.</summary>
    /// <param name="layers">Paths of every layer that could be adapted.</param>
    public IReadOnlyList<string> Lists(IReadOnlyCollection<string> layers) => _ranges is null ? [] : [.. WithLayers(layers).Select(list => list.Path)];

    /// <summary>Throws for an index that no list has, and for a target that only matches layers at other indices.</summary>
    /// <param name="adapter">The adapter's name in messages.</param>
    /// <param name="targets">The adapter's targets.</param>
    /// <param name="layers">Paths of every layer that could be adapted.</param>
    /// <param name="sites">Paths of the adapted layers.</param>
    public void EnsureEachMatches(string adapter, TargetSet targets, IReadOnlyCollection<string> layers, IEnumerable<string> sites)
    {
        if (_ranges is null)
            return;

        var lists = WithLayers(layers);
        if (lists.Count == 0)
        {
            throw new InvalidOperationException(
                $"{adapter}: Layers is \"{_text}\", but no ModuleList of the model holds layers that can be adapted. Remove it.");
        }

        if (_ranges.Beyond([.. lists.Select(list => list.Count)]).ToArray() is { Length: > 0 } beyond)
        {
            throw new InvalidOperationException(
                $"{adapter}: Layers is \"{_text}\", but no list has {string.Join(", ", beyond)}: "
                + string.Join(", ", lists.Select(list => $"{list.Path} has {list.Count} module{(list.Count == 1 ? "" : "s")}"))
                + ". Indices start at 0, and a range excludes its end.");
        }

        targets.EnsureEachMatchesAt(adapter, $"Layers \"{_text}\"", layers, [.. layers.Where(Contain), .. sites]);
    }

    private static LayerRanges Parse(string text)
    {
        try
        {
            return LayerRanges.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new ArgumentException($"Layers = \"{text}\": {wrong.Message}", wrong);
        }
    }

    private bool Contain(string path, string list)
    {
        var index = path.Substring(list.Length + 1).Split('.')[0];
        return _ranges!.Contains(long.Parse(index, NumberStyles.None, CultureInfo.InvariantCulture), _lists[list]);
    }

    // The outermost.
    private string? ListOf(string path)
    {
        return _lists.Keys.Where(list => path.StartsWith(list + ".", StringComparison.Ordinal)).OrderBy(list => list.Length).FirstOrDefault();
    }

    private IReadOnlyList<(string Path, long Count)> WithLayers(IReadOnlyCollection<string> layers)
    {
        return [.. layers.Select(ListOf).OfType<string>().Distinct(StringComparer.Ordinal).Select(list => (list, _lists[list]))];
    }
}
