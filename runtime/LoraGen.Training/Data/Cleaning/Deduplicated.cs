namespace LoraGen.Training.Cleaning;

/// <summary>Items without their duplicates.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Kept">The items that were kept, in their order.</param>
/// <param name="Removed">The duplicates, by their indexes.</param>
public sealed record Deduplicated<T>(IReadOnlyList<T> Kept, IReadOnlyList<Duplicate> Removed)
{
    /// <summary>How many were kept and removed.</summary>
    public override string ToString()
    {
        var same = Removed.Count(item => item.Similarity >= 1);
        return FormattableString.Invariant($"{Kept.Count} kept, {Removed.Count} duplicates removed, {same} of them with similarity 1");
    }
}
