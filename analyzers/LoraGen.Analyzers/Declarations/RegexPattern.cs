using System.Text.RegularExpressions;

namespace LoraGen.Analyzers;

/// <summary>Regular expressions in options that take names with *.</summary>
internal static class RegexPattern
{
    private static readonly char[] Signs = ['\\', '^', '$', '[', ']', '(', ')', '|', '+', '?', '{', '}'];

    // A group of digits, a class, or any character: each of them one or more times.
    private static readonly Regex AnyRun = new(
        @"\((?:\\d\+|\[0-9\]\+)\)|(?:\\d|\\w|\[0-9\]|\[\^\.\]|\[\^\\\.\]|\.(?=[*+]))[*+]?", RegexOptions.CultureInvariant);

    /// <summary>Whether it contains characters that no name has.</summary>
    public static bool Is(string pattern) => pattern.IndexOfAny(Signs) >= 0;

    /// <summary>An equivalent pattern with * only; null if there is none.</summary>
    public static string? ToGlob(string pattern)
    {
        var glob = AnyRun.Replace(pattern.TrimStart('^').TrimEnd('$'), "*").Replace("\\.", ".");
        while (glob.Contains("**"))
            glob = glob.Replace("**", "*");
        return Is(glob) ? null : glob;
    }
}
