using System.Globalization;

namespace LoraGen.Benchmarks.Measuring;

/// <summary>A line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Reference">What it is compared with, where there is such a thing.</param>
/// <param name="Measured">The thing itself.</param>
/// <param name="Relation">Measured against reference.</param>
/// <param name="Aim">What was aimed at.</param>
internal sealed record Row(string What, string Reference, string Measured, string Relation, string Aim)
{
    /// <summary>A measured thing beside its reference: medians, and the median of the rounds' ratios with the quarter of them on either side.</summary>
    public static Row Compare(string what, Series reference, Series measured, double? aim = null)
    {
        var ratios = measured.RelativeTo(reference);
        return new Row(
            what,
            Time(reference.Median),
            Time(measured.Median),
            Text($"{ratios.Median:F3} ({ratios.Quantile(0.25):F3}–{ratios.Quantile(0.75):F3})"),
            aim is null ? string.Empty : Text($"≤ {aim:0.00}"));
    }

    public static string Time(double milliseconds)
    {
        return milliseconds switch
        {
            < 0.001 => Text($"{milliseconds * 1e6:F0} ns"),
            < 0.1 => Text($"{milliseconds * 1e3:F1} µs"),
            _ => Text($"{milliseconds:F2} ms"),
        };
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
