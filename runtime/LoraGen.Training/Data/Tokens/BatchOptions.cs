using TorchSharp;

namespace LoraGen.Training.Tokens;

/// <summary>How batches are formed.</summary>
public abstract record BatchOptions
{
    /// <summary>The number of rows of a batch. Default: 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>The largest number of tokens in a row.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Which tokens are removed from examples that are longer. Default: the last ones.</summary>
    public TruncationSide Truncation { get; init; } = TruncationSide.End;

    /// <summary>
    /// How many of an example's last tokens truncation at the end keeps: 1 for BERT's <c>[SEP]</c>. Default: 0, so that a truncated text doesn't seem to end.
    /// </summary>
    public int KeptAtEnd { get; init; }

    /// <summary>The token that fills rows. The attention and the loss leave it out. Default: 0.</summary>
    public int PaddingId { get; init; }

    /// <summary>The seed of the order, which differs in each epoch; null for the order of the data in each epoch. Default: 0.</summary>
    public long? Seed { get; init; } = 0;

    /// <summary>Whether the last batch is left out if it has fewer rows. Default: false.</summary>
    public bool DropLast { get; init; }

    /// <summary>Where the batches' tensors are. Default: the CPU.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    internal virtual void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(PaddingId);
        ArgumentOutOfRangeException.ThrowIfNegative(KeptAtEnd);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(KeptAtEnd, MaxLength);
    }

    // Without the device: it changes no batch.
    internal virtual string Describe()
    {
        return FormattableString.Invariant(
            $"batches of {BatchSize} of at most {MaxLength} tokens, truncated at: {Truncation}, keeping {KeptAtEnd}, padding {PaddingId}, ")
            + FormattableString.Invariant($"seed {(Seed is null ? "none" : Seed)}, last {(DropLast ? "dropped" : "kept")}");
    }
}
