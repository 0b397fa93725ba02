namespace LoraGen.Targets;

/// <summary>Finds the known names that are closest to a misspelt one.</summary>
internal static class ClosestNames
{
    /// <summary>The <paramref name="most"/> candidates closest to <paramref name="wanted"/>, best first; ties in their given order.</summary>
    public static IReadOnlyList<string> Of(string wanted, IEnumerable<string> candidates, int most = 3)
    {
        return candidates
            .Distinct(StringComparer.Ordinal)
            .Select(candidate => (candidate, distance: Distance(wanted, candidate)))
            .OrderBy(near => near.distance)
            .Take(most)
            .Select(near => near.candidate)
            .ToArray();
    }

    /// <summary>Edit distance to the candidate or to its ending with the same number of segments, whichever is closer.</summary>
    public static int Distance(string wanted, string candidate)
    {
        var segments = wanted.Count(c => c == '.') + 1;
        var parts = candidate.Split('.');
        var ending = string.Join(".", parts.Skip(Math.Max(0, parts.Length - segments)));
        return Math.Min(Levenshtein(wanted, ending), Levenshtein(wanted, candidate));
    }

    private static int Levenshtein(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + substitution);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
