namespace LoraGen;

/// <summary>The result of loading a checkpoint.</summary>
/// <param name="Loaded">Names of the model that were set, in the model's order.</param>
/// <param name="Kept">Names of the model that the checkpoint lacks and that keep their values by the mapping.</param>
/// <param name="Ignored">Tensors of the checkpoint that the mapping ignores.</param>
public sealed record CheckpointReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Kept, IReadOnlyList<string> Ignored)
{
    /// <summary>
    /// Paths of the layers that <see cref="Checkpoint"/> could not create without weights, because code that is compiled without LoraGen creates them.
    /// </summary>
    public IReadOnlyList<string> MadeWhole { get; init; } = [];

    /// <summary>The layers that were quantised and skipped while they were loaded; null if none was to be.</summary>
    public QuantizationReport? Quantization { get; init; }

    /// <summary>The three numbers.</summary>
    public override string ToString() => FormattableString.Invariant($"{Loaded.Count} loaded, {Kept.Count} kept, {Ignored.Count} ignored");
}
