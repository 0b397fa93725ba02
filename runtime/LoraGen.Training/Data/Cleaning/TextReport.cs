using System.Globalization;
using System.Text;

namespace LoraGen.Training.Cleaning;

/// <summary>What texts are like: their lengths, scripts and languages.</summary>
public sealed class TextReport
{
    private readonly int[] _lengths;

    private TextReport(int[] lengths, IReadOnlyDictionary<string, int> scripts, IReadOnlyDictionary<string, int> languages)
    {
        _lengths = lengths;
        Scripts = scripts;
        Languages = languages;
    }

    /// <summary>The number of texts.</summary>
    public int Count => _lengths.Length;

    /// <summary>The sum of the lengths.</summary>
    public long TotalLength => _lengths.Sum(length => (long)length);

    /// <summary>The mean of the lengths; 0 without texts.</summary>
    public double MeanLength => Count == 0 ? 0 : (double)TotalLength / Count;

    /// <summary>
    /// The number of texts by the script that most of their letters have, by the Unicode block of each letter: Latin, Cyrillic, Greek, Arabic, Hebrew,
    /// Devanagari, Han, Kana, Hangul, Thai and some others; "Other" for the rest, "None" for texts without letters.
    /// </summary>
    public IReadOnlyDictionary<string, int> Scripts { get; }

    /// <summary>
    /// The number of texts by a guess of their language (ISO 639-1): from the script where few languages share it, in Latin script from frequent words of
    /// English, German, French, Spanish, Italian, Portuguese and Dutch. "und" for all others; the guess needs some ten words, and is no language
    /// identification.
    /// </summary>
    public IReadOnlyDictionary<string, int> Languages { get; }

    /// <summary>Creates a report.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="length">The length of a text, such as its number of tokens; null for the number of Unicode characters.</param>
    public static TextReport Of(IEnumerable<string> texts, Func<string, int>? length = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        length ??= text => text.EnumerateRunes().Count();
        var lengths = new List<int>();
        var (scripts, languages) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var text in texts)
        {
            lengths.Add(length(text));
            var script = Cleaning.Scripts.Count(text).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => count.Key).FirstOrDefault();
            Add(scripts, script ?? "None");
            Add(languages, LanguageGuess.Of(text, script));
        }

        return new TextReport([.. lengths.Order()], scripts, languages);
    }

    /// <summary>The length that a share of the texts doesn't exceed: the smallest such length of a text. 0 without texts.</summary>
    /// <param name="share">The share, from 0 to 1: 0.5 for the median, 0 for the shortest, 1 for the longest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public int Length(double share)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is from 0 to 1.");
        return Count == 0 ? 0 : _lengths[Math.Max(0, (int)Math.Ceiling(share * Count) - 1)];
    }

    /// <summary>The report as lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Count} texts, {TotalLength} in all; length: mean {MeanLength:F1}, median {Length(0.5)}, ");
        text.Append(CultureInfo.InvariantCulture, $"90 % up to {Length(0.9)}, 99 % up to {Length(0.99)}, longest {Length(1)}\n");
        text.Append(CultureInfo.InvariantCulture, $"scripts: {Listed(Scripts)}\n");
        text.Append(CultureInfo.InvariantCulture, $"languages (a guess): {Listed(Languages)}");
        return text.ToString();
    }

    private static void Add(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static string Listed(IReadOnlyDictionary<string, int> counts)
    {
        return string.Join(", ", counts.OrderByDescending(count => count.Value).Select(count => FormattableString.Invariant($"{count.Key} {count.Value}")));
    }
}
