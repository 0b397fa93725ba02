using System.Globalization;

namespace LoraGen.Targets;

/// <summary>
/// Indices of a list in C#'s syntax, separated by commas: <c>5</c>, <c>^1</c> for the last one, <c>0..12</c> for 0 to 11, <c>12..</c>, <c>..4</c>,
/// <c>^4..</c>.
/// </summary>
/// <remarks>The generator compiles this file too, for which System.Range is not available.</remarks>
internal sealed class LayerRanges
{
    private readonly List<Element> _elements = [];

    private LayerRanges()
    {
    }

    /// <exception cref="FormatException">A part of it is neither an index nor a range.</exception>
    public static LayerRanges Parse(string text)
    {
        var ranges = new LayerRanges();
        foreach (var part in text.Split(','))
            ranges._elements.Add(Element.Parse(part.Trim()));
        return ranges;
    }

    /// <summary>Whether a list of <paramref name="count"/> modules has the index among those selected.</summary>
    public bool Contains(long index, long count) => _elements.Any(element => index >= element.Start.In(count) && index < element.End(count));

    /// <summary>The elements, as they are written, for which no list is long enough.</summary>
    public IEnumerable<string> Beyond(IReadOnlyCollection<long> counts)
    {
        return _elements.Where(element => !counts.Any(element.Fits)).Select(element => element.Text);
    }

    // A single index has no stop.
    private sealed record Element(string Text, Bound Start, Bound? Stop, bool IsOpen)
    {
        public static Element Parse(string text)
        {
            var dots = text.IndexOf("..", StringComparison.Ordinal);
            if (dots < 0)
                return new Element(text, Bound.Parse(text, text), null, IsOpen: false);

            var start = text.Substring(0, dots);
            var stop = text.Substring(dots + 2);
            return new Element(
                text,
                start.Length == 0 ? new Bound(0, IsFromEnd: false) : Bound.Parse(start, text),
                stop.Length == 0 ? null : Bound.Parse(stop, text),
                IsOpen: stop.Length == 0);
        }

        public long End(long count) => IsOpen ? count : Stop?.In(count) ?? Start.In(count) + 1;

        public bool Fits(long count) => Start.In(count) >= 0 && End(count) <= count && Start.In(count) < End(count);
    }

    private sealed record Bound(long Value, bool IsFromEnd)
    {
        public static Bound Parse(string text, string whole)
        {
            var isFromEnd = text.StartsWith("^", StringComparison.Ordinal);
            return long.TryParse(isFromEnd ? text.Substring(1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? new Bound(value, isFromEnd)
                : throw new FormatException($"\"{whole}\" is neither an index nor a range in C#: write 5, ^1, 0..12 (0 to 11), 12.. or ^4..");
        }

        public long In(long count) => IsFromEnd ? count - Value : Value;
    }
}
