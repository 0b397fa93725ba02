namespace LoraGen.Training.Chat;

/// <summary>What Python, in which templates are evaluated, does differently from .NET.</summary>
internal static class PythonText
{
    /// <summary><c>str.strip</c>, which Jinja's <c>trim</c> calls: the separators U+001C to U+001F are white space in Python and not in .NET.</summary>
    public static string Strip(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsSpace(text[start]))
            start++;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\u001C' and <= '\u001F';
}
