namespace LoraGen.Targets;

/// <summary>
/// One entry of a target list: a member name, the end of a dotted path, or either with <c>*</c> for any run of characters, dots included. It matches a path as
/// a whole or from a dot on.
/// </summary>
/// <remarks>The generator compiles this file too, so that generating and attaching use the same rule.</remarks>
internal static class TargetPattern
{
    /// <summary>A placeholder, in a path at compile time, for a list index that is not known yet.</summary>
    public const char AnyIndex = '#';

    /// <summary>Whether <paramref name="pattern"/> matches <paramref name="path"/>.</summary>
    public static bool Matches(string pattern, string path) => MatchesSuffix(pattern, path, indexMayEqualDigits: false);

    /// <summary>Whether it matches the path for some value of the path's <see cref="AnyIndex"/> placeholders.</summary>
    public static bool MayMatch(string pattern, string path) => MatchesSuffix(pattern, path, indexMayEqualDigits: true);

    private static bool MatchesSuffix(string pattern, string path, bool indexMayEqualDigits)
    {
        for (var start = 0; start <= path.Length; start = NextSegment(path, start))
        {
            if (Glob(pattern.AsSpan(), path.AsSpan(start), indexMayEqualDigits))
                return true;
        }

        return false;
    }

    private static int NextSegment(string path, int start)
    {
        var dot = path.IndexOf('.', start);
        return dot < 0 ? path.Length + 1 : dot + 1;
    }

    private static bool Glob(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool indexMayEqualDigits)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*')
            {
                for (var skipped = 0; skipped <= text.Length; skipped++)
                {
                    if (Glob(pattern.Slice(1), text.Slice(skipped), indexMayEqualDigits))
                        return true;
                }

                return false;
            }

            if (text.IsEmpty)
                return false;

            var taken = 1;
            if (text[0] == AnyIndex && indexMayEqualDigits && IsDigit(pattern[0]))
            {
                while (taken < pattern.Length && IsDigit(pattern[taken]))
                    taken++;
            }
            else if (text[0] != pattern[0])
            {
                return false;
            }

            pattern = pattern.Slice(taken);
            text = text.Slice(1);
        }

        return text.IsEmpty;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
