using System.Globalization;

namespace LoraGen;

/// <summary>What quantising a model did.</summary>
/// <param name="Layers">The layers that were quantised, in the order of the model's modules.</param>
/// <param name="Skipped">The Linear layers that were not, with the reason, except those that <see cref="BaseQuantization.Exclude"/> names.</param>
public sealed record QuantizationReport(IReadOnlyList<QuantizedLayerReport> Layers, IReadOnlyList<SkippedLayer> Skipped)
{
    /// <summary>The bytes of the quantised weights.</summary>
    public long Bytes => Layers.Sum(layer => layer.Bytes);

    /// <summary>The bytes that these weights had before.</summary>
    public long FloatBytes => Layers.Sum(layer => layer.FloatBytes);

    /// <inheritdoc/>
    public override string ToString()
    {
        var skipped = Skipped.Count == 0 ? string.Empty : $"; {Skipped.Count} skipped: " + string.Join("; ", Skipped.Select(layer => layer.ToString()));
        return string.Create(CultureInfo.InvariantCulture, $"{Layers.Count} layers quantised: {FloatBytes / 1e6:N1} MB to {Bytes / 1e6:N1} MB{skipped}");
    }
}
