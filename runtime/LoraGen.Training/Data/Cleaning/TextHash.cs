namespace LoraGen.Training.Cleaning;

/// <summary>Hashes of texts that are the same on every platform and in every run (FNV-1a, 64 bits, over UTF-16 code units, and a final mixing).</summary>
internal static class TextHash
{
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            hash = (hash ^ character) * 1099511628211UL;
        return SplitMix64.Mix(hash);
    }
}
