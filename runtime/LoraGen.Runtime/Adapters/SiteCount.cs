using System.Globalization;

namespace LoraGen;

/// <summary>How many parameters train at one site.</summary>
/// <param name="Path">Where the layer is, such as <c>layers.0.attn.q_proj</c>.</param>
/// <param name="Trainable">Elements of the adapter's parameters there.</param>
public readonly record struct SiteCount(string Path, long Trainable)
{
    /// <summary>The path and the number: <c>layers.0.attn.q_proj: 14,336</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}: {Trainable:N0}");
}
