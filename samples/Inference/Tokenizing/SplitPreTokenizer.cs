using Microsoft.ML.Tokenizers;

namespace Inference.Tokenizing;

/// <summary>
/// Cuts a text at the matches of a pattern. The package's <c>RegexPreTokenizer</c> drops what is between the matches, and its expressions match no letter
/// beyond U+FFFF.
/// </summary>
/// <param name="keepsMatches">Whether the matches are pieces.</param>
/// <param name="keepsGaps">Whether the text between them is.</param>
internal sealed class SplitPreTokenizer(UnicodePattern pattern, bool keepsMatches, bool keepsGaps) : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        var end = 0;
        foreach (var range in pattern.Matches(text))
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            if (keepsGaps && start > end)
                yield return (end, start - end);
            if (keepsMatches)
                yield return (start, length);
            end = start + length;
        }

        if (keepsGaps && end < text.Length)
            yield return (end, text.Length - end);
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());
}
