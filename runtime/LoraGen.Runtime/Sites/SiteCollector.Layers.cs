using System.Globalization;
using LoraGen.Targets;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The restriction to some indices of the model's lists.</content>
public sealed partial class SiteCollector
{
    private readonly LayerRanges? _ranges;
    private readonly string? _rangesText;
    private readonly Dictionary<string, long> _lists = new(StringComparer.Ordinal);

    /// <summary>Paths of the lists that the restriction is about; none where there is no restriction.</summary>
    internal IReadOnlyList<string> RestrictedLists => _ranges is null ? [] : [.. ListsWithLayers().Select(list => list.Path)];

    private static LayerRanges ParseRanges(string text)
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

    // Sequentials and dictionaries are no lists of modules.
    private void RememberList(string path, nn.Module module)
    {
        if (_ranges is not null && module is IEnumerable<nn.Module> list)
            _lists.Add(path, list.LongCount());
    }

    /// <summary>Whether its index is among those asked for; outside of every list none is.</summary>
    private bool IsAtIndex(string path) => _ranges is null || (ListOf(path) is { } list && IsAtIndex(path, list));

    /// <summary>The same for a layer that an attribute of its own asks for: outside of every list the restriction is not about it.</summary>
    private bool IsAtIndexOrOutside(string path) => _ranges is null || ListOf(path) is not { } list || IsAtIndex(path, list);

    private bool IsAtIndex(string path, string list)
    {
        var digits = path.AsSpan(list.Length + 1);
        var end = digits.IndexOf('.');
        return _ranges!.Contains(long.Parse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture), _lists[list]);
    }

    // The outermost.
    private string? ListOf(string path)
    {
        return _lists.Keys.Where(list => path.StartsWith(list + ".", StringComparison.Ordinal)).MinBy(list => list.Length);
    }

    private IReadOnlyList<(string Path, long Count)> ListsWithLayers()
    {
        return [.. _layers.Select(ListOf).OfType<string>().Distinct(StringComparer.Ordinal).Select(list => (list, _lists[list]))];
    }

    private void EnsureIndicesMeet(string adapter)
    {
        if (_ranges is null)
            return;

        var lists = ListsWithLayers();
        if (lists.Count == 0)
        {
            throw new InvalidOperationException(
                $"{adapter}: Layers is \"{_rangesText}\", but no ModuleList of the model holds layers that can be adapted. Leave it out.");
        }

        if (_ranges.Beyond([.. lists.Select(list => list.Count)]).ToArray() is { Length: > 0 } beyond)
        {
            throw new InvalidOperationException(
                $"{adapter}: Layers is \"{_rangesText}\", but no list has {string.Join(", ", beyond)}: "
                + string.Join(", ", lists.Select(list => $"{list.Path} has {list.Count} modules")) + ". Indices begin at 0, and a range leaves out its end.");
        }

        _targets.EnsureEachMeetsAt(adapter, $"Layers \"{_rangesText}\"", _layers, [.. _layers.Where(IsAtIndex), .. _sites.Select(site => site.Path)]);
    }
}
