using System.Globalization;

namespace LoraGen.Analyzers;

/// <summary>Ranks as people choose them.</summary>
internal static class Ranks
{
    /// <summary>The largest power of two, times the groups, up to a limit of at least the groups, as it is written.</summary>
    public static string AtMost(long limit, long groups)
    {
        var rank = groups;
        while (rank * 2 <= limit)
            rank *= 2;
        return rank.ToString(CultureInfo.InvariantCulture);
    }
}
