namespace LoraGen;

/// <summary>A layer that was not quantised.</summary>
/// <param name="Path">The layer's path.</param>
/// <param name="Reason">Why it was not.</param>
public sealed record SkippedLayer(string Path, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} ({Reason})";
}
