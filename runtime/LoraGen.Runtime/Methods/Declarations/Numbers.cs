using System.Globalization;

namespace LoraGen;

/// <summary>Formats numbers, in the invariant culture.</summary>
internal static class Numbers
{
    /// <summary>Formats a number for a message, with up to four decimals.</summary>
    public static string Text(double value) => value.ToString(Math.Abs(value) is > 0 and < 0.0001 ? "0.##E+0" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>Formats a number for an option, as short as possible.</summary>
    public static string Tidy(double value) => value.ToString(Math.Abs(value) < 1 ? "0.####" : "0.#", CultureInfo.InvariantCulture);

    public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
