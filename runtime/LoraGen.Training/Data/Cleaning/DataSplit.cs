namespace LoraGen.Training.Cleaning;

/// <summary>Splits data into parts, the same way on every platform and in every run. Remove duplicates first (<see cref="Duplicates"/>).</summary>
public static class DataSplit
{
    /// <summary>
    /// Splits by the hash of a key: an item is always in the same part, whatever other items there are, and items with the same key are in the same part. The
    /// sizes are close to the shares.
    /// </summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="key">The key of an item, such as its text, or the author if no author may be in two parts.</param>
    /// <param name="validation">The share of the validation part, from 0.</param>
    /// <param name="test">The share of the test part, from 0; the two together are below 1.</param>
    /// <param name="seed">The seed: another seed gives other parts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shares are negative or too large.</exception>
    public static SplitData<T> ByHash<T>(IEnumerable<T> items, Func<T, string> key, double validation, double test = 0, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        Validate(validation, test);
        var salt = SplitMix64.Mix((ulong)seed);
        var parts = items.ToLookup(item => Part(new SplitMix64(TextHash.Of(key(item)) ^ salt).NextDouble(), validation, test));
        return new SplitData<T>([.. parts[0]], [.. parts[1]], [.. parts[2]]);
    }

    /// <summary>Splits at random into parts of exactly the shares, rounded to whole items. Items keep their order within a part.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="validation">The share of the validation part, from 0.</param>
    /// <param name="test">The share of the test part, from 0; the two together are below 1.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shares are negative or too large.</exception>
    public static SplitData<T> BySize<T>(IReadOnlyList<T> items, double validation, double test = 0, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(items);
        Validate(validation, test);
        var order = SeededShuffle.Order(items.Count, seed);
        var held = (int)Math.Round(items.Count * validation);
        var tested = (int)Math.Round(items.Count * test);
        return new SplitData<T>(Take(held + tested, items.Count), Take(0, held), Take(held, held + tested));

        T[] Take(int start, int end) => [.. order[start..end].Order().Select(index => items[index])];
    }

    private static int Part(double number, double validation, double test) => number < validation ? 1 : number < validation + test ? 2 : 0;

    private static void Validate(double validation, double test)
    {
        if (!(validation >= 0 && test >= 0 && validation + test < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(validation), FormattableString.Invariant($"The shares are {validation} and {test}; they are at least 0, and below 1 together."));
        }
    }
}
