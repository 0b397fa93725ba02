namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>SplitMix64: the same numbers on every machine and .NET version, from a seed and the number of the edit alone.</summary>
internal sealed class Prng(int seed, int step)
{
    private ulong _state = unchecked(((ulong)(uint)seed << 32) | (uint)step);

    /// <summary>A number from zero to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit)
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)limit);
        }
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>The items from a random one on, round to the one before it.</summary>
    public IEnumerable<T> Around<T>(IReadOnlyList<T> items)
    {
        var start = items.Count == 0 ? 0 : Below(items.Count);
        return items.Skip(start).Concat(items.Take(start));
    }
}
