namespace LoraGen.Analyzers;

/// <summary>Suggestions for ranks.</summary>
internal static class Ranks
{
    /// <summary>The largest power of two times the groups that doesn't exceed the limit, which is at least the groups.</summary>
    public static long AtMost(long limit, long groups)
    {
        var rank = groups;
        while (rank * 2 <= limit)
            rank *= 2;
        return rank;
    }
}
