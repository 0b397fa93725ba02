using System.Globalization;

namespace LoraGen;

/// <summary>How many parameters train, of how many in all. Two counts are equal when both numbers are.</summary>
/// <param name="Trainable">Elements of the adapter's parameters.</param>
/// <param name="Total">Elements of the base model's parameters, each shared one once, and the adapter's.</param>
public readonly record struct ParameterCount(long Trainable, long Total)
{
    private readonly IReadOnlyList<SiteCount>? _sites;

    /// <summary>What trains where, in the order of <see cref="AdapterBase.Sites"/>.</summary>
    public IReadOnlyList<SiteCount> Sites { get => _sites ?? []; init => _sites = value; }

    /// <summary>Share that trains, in percent; 0 of an empty model.</summary>
    public double Percent => Total == 0 ? 0 : 100.0 * Trainable / Total;

    /// <inheritdoc/>
    public bool Equals(ParameterCount other) => Trainable == other.Trainable && Total == other.Total;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Trainable, Total);

    /// <summary>PEFT's line: <c>trainable params: 737,280 || all params: 494,770,048 || trainable%: 0.1490</c>.</summary>
    public override string ToString()
    {
        return string.Create(CultureInfo.InvariantCulture, $"trainable params: {Trainable:N0} || all params: {Total:N0} || trainable%: {Percent:F4}");
    }
}
