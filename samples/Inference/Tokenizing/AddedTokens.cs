using System.Text.RegularExpressions;

namespace Inference.Tokenizing;

/// <summary>Tokens that are found in the text before the model sees it, such as <c>&lt;|im_start|&gt;</c>: the leftmost, and of those the longest.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<string, AddedToken> _tokens = new(StringComparer.Ordinal);
    private readonly Regex? _regex;

    /// <param name="tokens">The tokens.</param>
    /// <param name="normalize">Writes their contents as in the text that is searched.</param>
    public AddedTokens(IEnumerable<AddedToken> tokens, Func<string, string> normalize)
    {
        foreach (var token in tokens)
        {
            var text = normalize(token.Content);
            if (text.Length == 0 || !_tokens.TryAdd(text, token))
                throw new NotSupportedException($"The added token \"{token.Content}\" is \"{text}\" in a normalized text: each needs a text of its own.");
        }

        if (_tokens.Count > 0)
            _regex = new Regex(string.Join('|', _tokens.Keys.OrderByDescending(key => key.Length).Select(Regex.Escape)), RegexOptions.CultureInvariant);
    }

    /// <summary>The parts of the text in order: tokens, and the text between them.</summary>
    public IEnumerable<(int? Token, string Text)> Split(string text)
    {
        var end = 0;
        foreach (var match in _regex?.Matches(text) ?? Enumerable.Empty<Match>())
        {
            var token = _tokens[match.Value];
            var (start, stop) = (match.Index, match.Index + match.Length);
            while (token.TakesSpaceBefore && start > end && char.IsWhiteSpace(text[start - 1]))
                start--;
            while (token.TakesSpaceAfter && stop < text.Length && char.IsWhiteSpace(text[stop]))
                stop++;
            if (start > end)
                yield return (null, text[end..start]);
            yield return (token.Id, match.Value);
            end = stop;
        }

        if (end < text.Length)
            yield return (null, text[end..]);
    }
}
