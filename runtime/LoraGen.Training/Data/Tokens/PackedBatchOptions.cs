namespace LoraGen.Training.Tokens;

/// <summary>How <see cref="PackedBatches"/> forms batches: rows of <see cref="BatchOptions.MaxLength"/> tokens with several documents each.</summary>
public sealed record PackedBatchOptions : BatchOptions
{
    /// <summary>What happens to documents that are longer than a row. Default: they are truncated, which the report counts.</summary>
    public LongDocuments LongDocuments { get; init; } = LongDocuments.Truncate;

    internal override string Describe() => $"{base.Describe()}, packed, long documents: {LongDocuments}";
}
