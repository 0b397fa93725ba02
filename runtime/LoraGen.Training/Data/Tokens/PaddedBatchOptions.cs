namespace LoraGen.Training.Tokens;

/// <summary>
/// How <see cref="PaddedBatches"/> and <see cref="ClassBatches"/> form batches: a row per example, each batch as long as its longest example.
/// </summary>
public sealed record PaddedBatchOptions : BatchOptions
{
    /// <summary>The length of a batch is a multiple of this, at most <see cref="BatchOptions.MaxLength"/>. Default: 1; 8 suits tensor cores.</summary>
    public int PadToMultipleOf { get; init; } = 1;

    /// <summary>
    /// Within how many batches the examples are sorted by length, so that a batch has examples of similar length and little padding; 0 for no sorting.
    /// The order of the batches stays random. Default: 0.
    /// </summary>
    public int BucketBatches { get; init; }

    /// <summary>The length of a batch: the next multiple of the longest example's, but not more than the largest length.</summary>
    internal int PaddedLength(int longest) => Math.Clamp((longest + PadToMultipleOf - 1) / PadToMultipleOf * PadToMultipleOf, longest, MaxLength);

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(PadToMultipleOf, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BucketBatches);
    }

    internal override string Describe() => FormattableString.Invariant($"{base.Describe()}, multiples of {PadToMultipleOf}, sorted within {BucketBatches}");
}
