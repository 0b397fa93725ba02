using System.Text.RegularExpressions;

namespace Inference.Tokenizing;

/// <summary>Tokens that are found in the text as they stand, such as <c>&lt;|im_start|&gt;</c>: leftmost, and of those the longest.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<string, int> _ids;
    private readonly Regex? _regex;

    private AddedTokens(IReadOnlyList<AddedToken> tokens)
    {
        _ids = tokens.ToDictionary(token => token.Content, token => token.Id, StringComparer.Ordinal);
        var longestFirst = tokens.OrderByDescending(token => token.Content.Length).Select(token => token.Pattern);
        if (tokens.Count > 0)
            _regex = new Regex(string.Join('|', longestFirst), RegexOptions.CultureInvariant);
    }

    public static AddedTokens Of(IEnumerable<AddedToken> tokens) => new([.. tokens]);

    /// <summary>The text in order, as tokens and as what is between them.</summary>
    public IEnumerable<(int? Token, string Text)> Split(string text)
    {
        var end = 0;
        foreach (var match in _regex?.Matches(text) ?? Enumerable.Empty<Match>())
        {
            if (match.Index > end)
                yield return (null, text[end..match.Index]);
            yield return (_ids.TryGetValue(match.Value, out var id) ? id : _ids[match.Value.Trim()], match.Value);
            end = match.Index + match.Length;
        }

        if (end < text.Length)
            yield return (null, text[end..]);
    }
}
