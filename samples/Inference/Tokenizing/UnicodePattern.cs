using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Inference.Tokenizing;

/// <summary>
/// A regular expression over characters. .NET treats a character beyond U+FFFF as two halves that are neither letters nor numbers; here it is matched as a
/// character of its own category.
/// </summary>
internal sealed class UnicodePattern
{
    // A file may be untrusted, and an expression can take very long.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);
    private static readonly Lazy<Dictionary<UnicodeCategory, char>> Substitutes = new(FindSubstitutes);

    private readonly Regex _regex;

    public UnicodePattern(string pattern) => _regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeLimit);

    public IEnumerable<Range> Matches(string text)
    {
        if (!text.Any(char.IsSurrogate))
            return _regex.Matches(text).Where(match => match.Length > 0).Select(match => match.Index..(match.Index + match.Length));

        var starts = new List<int>();
        var characters = new StringBuilder();
        var start = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            starts.Add(start);
            characters.Append(rune.IsBmp ? (char)rune.Value : Substitutes.Value[Rune.GetUnicodeCategory(rune)]);
            start += rune.Utf16SequenceLength;
        }

        starts.Add(start);
        return _regex.Matches(characters.ToString()).Where(match => match.Length > 0).Select(match => starts[match.Index]..starts[match.Index + match.Length]);
    }

    private static Dictionary<UnicodeCategory, char> FindSubstitutes()
    {
        var found = new Dictionary<UnicodeCategory, char>();
        for (var character = char.MaxValue; character > 0; character--)
            found.TryAdd(char.GetUnicodeCategory(character), character);
        return found;
    }
}
