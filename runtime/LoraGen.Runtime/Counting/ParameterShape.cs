using System.ComponentModel;

namespace LoraGen;

/// <summary>A parameter that was not made: only its size is known. One object stands for one tensor. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ParameterShape
{
    /// <summary>Of a tensor of that shape.</summary>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    /// <exception cref="OverflowException">More elements than a long can tell.</exception>
    public ParameterShape(params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(size => size < 0))
            throw new ArgumentException($"A parameter of shape [{string.Join(", ", shape)}] can't be made: no size may be negative.", nameof(shape));
        Sizes = shape;
        Elements = shape.Aggregate(1L, (product, size) => checked(product * size));
    }

    internal IReadOnlyList<long> Sizes { get; }

    internal long Elements { get; }
}
