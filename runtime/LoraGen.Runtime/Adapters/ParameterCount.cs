using System.Globalization;

namespace LoraGen;

/// <summary>The number of trainable parameters and of all parameters. Two counts are equal if both numbers are.</summary>
/// <param name="Trainable">The number of elements of the adapter's parameters.</param>
/// <param name="Total">The number of elements of the base model's and the adapter's parameters. Shared parameters count once.</param>
public readonly record struct ParameterCount(long Trainable, long Total)
{
    private readonly IReadOnlyList<SiteCount>? _sites;

    /// <summary>The trainable parameters of each site, in the order of <see cref="AdapterBase.Sites"/>.</summary>
    public IReadOnlyList<SiteCount> Sites { get => _sites ?? []; init => _sites = value; }

    /// <summary>The trainable share in percent; 0 for an empty model.</summary>
    public double Percent => Total == 0 ? 0 : 100.0 * Trainable / Total;

    /// <inheritdoc/>
    public bool Equals(ParameterCount other) => Trainable == other.Trainable && Total == other.Total;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Trainable, Total);

    /// <summary>Formats the count as PEFT does: <c>trainable params: 737,280 || all params: 494,770,048 || trainable%: 0.1490</c>.</summary>
    public override string ToString()
    {
        return string.Create(CultureInfo.InvariantCulture, $"trainable params: {Trainable:N0} || all params: {Total:N0} || trainable%: {Percent:F4}");
    }
}
