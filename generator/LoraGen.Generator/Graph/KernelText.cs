using System.Globalization;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>A convolution's kernel, from the text of its size.</summary>
internal static class KernelText
{
    /// <summary>Its size in each dimension, if the text is one number or a number per dimension; otherwise null.</summary>
    public static IReadOnlyList<long>? Sizes(LayerText layer)
    {
        var dimensions = layer.Factory["Conv".Length] - '0';
        var texts = layer.Kernel?.Trim('(', ')').Split(',') ?? [];
        var sizes = texts.Select(text => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).ToArray();
        if (sizes.Any(size => size == 0))
            return null;
        if (sizes.Length == 1)
            return [.. Enumerable.Repeat(sizes[0], dimensions)];

        return sizes.Length == dimensions ? sizes : null;
    }
}
