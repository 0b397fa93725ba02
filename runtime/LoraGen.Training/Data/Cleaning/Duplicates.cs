namespace LoraGen.Training.Cleaning;

/// <summary>
/// Removes duplicates. That belongs before <see cref="DataSplit"/>: a duplicate in another part would be both learned and tested. Of duplicates the first is
/// kept. The result depends on the items and their order only.
/// </summary>
public static class Duplicates
{
    /// <summary>Removes items whose text is the same as that of an earlier one, character by character.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="text">The text of an item.</param>
    public static Deduplicated<T> RemoveExact<T>(IEnumerable<T> items, Func<T, string> text)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(text);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var kept = new List<T>();
        var removed = new List<Duplicate>();
        var index = 0;
        foreach (var item in items)
        {
            if (first.TryAdd(text(item), index))
                kept.Add(item);
            else
                removed.Add(new Duplicate(index, first[text(item)], 1));
            index++;
        }

        return new Deduplicated<T>(kept, removed);
    }

    /// <summary>
    /// Removes items whose words resemble those of an earlier one that is kept, exact duplicates among them. Case, punctuation and white space don't count.
    /// Candidates come from MinHash, which misses a pair at the threshold with a probability of at most 0.01 and more similar pairs with a smaller one; each
    /// candidate is compared exactly, so no pair below the threshold counts.
    /// </summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items. The sets of their shingles are held in memory: 8 bytes or more per word.</param>
    /// <param name="text">The text of an item.</param>
    /// <param name="options">What counts as a duplicate; null for the default.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Deduplicated<T> RemoveNear<T>(IEnumerable<T> items, Func<T, string> text, NearDuplicateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(text);
        options ??= new NearDuplicateOptions();
        options.Validate();
        var index = new NearDuplicateIndex(options);
        var kept = new List<T>();
        var removed = new List<Duplicate>();
        foreach (var item in items)
        {
            if (index.Add(text(item)) is { } duplicate)
                removed.Add(duplicate);
            else
                kept.Add(item);
        }

        return new Deduplicated<T>(kept, removed);
    }
}
