namespace LoraGen.Training.Cleaning;

/// <summary>What counts as a near duplicate.</summary>
public sealed record NearDuplicateOptions
{
    /// <summary>The Jaccard similarity of two texts from which on they are duplicates, above 0 and at most 1. Default: 0.8.</summary>
    public double Threshold { get; init; } = 0.8;

    /// <summary>The number of words in a shingle. Default: 5. Texts are compared by the sets of their shingles; a shorter text is one shingle.</summary>
    public int WordsPerShingle { get; init; } = 5;

    /// <summary>The number of hashes of a signature. Default: 128. A threshold below 0.04 needs more.</summary>
    public int Hashes { get; init; } = 128;

    internal void Validate()
    {
        if (!(Threshold is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Threshold), Threshold, "A threshold is above 0 and at most 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(WordsPerShingle, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Hashes, MinHash.FewestHashes(Threshold));
    }
}
