using System.Globalization;

namespace LoraGen;

/// <summary>The number of trainable parameters of one site.</summary>
/// <param name="Path">The layer's path, such as <c>layers.0.attn.q_proj</c>.</param>
/// <param name="Trainable">The number of elements of the adapter's parameters there.</param>
public readonly record struct SiteCount(string Path, long Trainable)
{
    /// <summary>Formats the path and the number: <c>layers.0.attn.q_proj: 14,336</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}: {Trainable:N0}");
}
