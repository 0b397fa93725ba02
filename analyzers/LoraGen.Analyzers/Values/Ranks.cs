using System.Globalization;

namespace LoraGen.Analyzers;

/// <summary>Ranks as people choose them.</summary>
internal static class Ranks
{
    /// <summary>The largest power of two up to a limit of at least one, as it is written.</summary>
    public static string AtMost(long limit)
    {
        var rank = 1L;
        while (rank * 2 <= limit)
            rank *= 2;
        return rank.ToString(CultureInfo.InvariantCulture);
    }
}
