using System.Globalization;
using System.Text;

namespace LoraGen.Training.Cleaning;

/// <summary>
/// The words of a text in lower case: runs of letters, marks and digits. In scripts that are written without spaces, each character is a word.
/// </summary>
internal static class Words
{
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isAlone = Scripts.IsWrittenWithoutSpaces(Scripts.Of(rune));
            if (word.Length > 0 && (isAlone || !IsInWord(rune)))
            {
                yield return word.ToString();
                word.Clear();
            }

            if (isAlone)
                yield return rune.ToString();
            else if (IsInWord(rune))
                word.Append(Rune.ToLowerInvariant(rune));
        }

        if (word.Length > 0)
            yield return word.ToString();
    }

    private static bool IsInWord(Rune rune)
    {
        return Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }
}
