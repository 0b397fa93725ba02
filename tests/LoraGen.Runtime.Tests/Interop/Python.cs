using System.Text.RegularExpressions;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>Python's <c>re</c>, for the expressions that a config may contain.</summary>
internal static class Python
{
    public static bool FullMatches(string pattern, string text) => new Regex($@"\A(?:{Translate(pattern)})\z", RegexOptions.CultureInvariant).IsMatch(text);

    /// <summary>Whether the pattern matches at the beginning of the text.</summary>
    public static Match Match(string pattern, string text) => new Regex($@"\A(?:{Translate(pattern)})", RegexOptions.CultureInvariant).Match(text);

    private static string Translate(string pattern)
    {
        return Regex.Replace(pattern, @"\(\?P=(\w+)\)", @"\k<$1>").Replace("(?P<", "(?<", StringComparison.Ordinal);
    }
}
