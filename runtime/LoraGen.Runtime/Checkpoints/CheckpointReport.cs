namespace LoraGen;

/// <summary>What of a checkpoint went where.</summary>
/// <param name="Loaded">Names of the model that were set, in the model's order.</param>
/// <param name="Kept">Names of the model that the checkpoint lacks and the mapping lets keep their values.</param>
/// <param name="Ignored">Tensors of the checkpoint that the mapping leaves out.</param>
public sealed record CheckpointReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Kept, IReadOnlyList<string> Ignored)
{
    /// <summary>Paths of the layers that <see cref="Checkpoint"/> could not make without weights first: code compiled without LoraGen makes them.</summary>
    public IReadOnlyList<string> MadeWhole { get; init; } = [];

    /// <summary>The three numbers.</summary>
    public override string ToString() => FormattableString.Invariant($"{Loaded.Count} loaded, {Kept.Count} kept, {Ignored.Count} ignored");
}
