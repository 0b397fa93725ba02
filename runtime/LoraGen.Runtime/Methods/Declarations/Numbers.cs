using System.Globalization;

namespace LoraGen;

/// <summary>Numbers as text, the same in every culture.</summary>
internal static class Numbers
{
    /// <summary>For a message: to four places.</summary>
    public static string Text(double value) => value.ToString(Math.Abs(value) is > 0 and < 0.0001 ? "0.##E+0" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>For an option: as short as a person would write it.</summary>
    public static string Tidy(double value) => value.ToString(Math.Abs(value) < 1 ? "0.####" : "0.#", CultureInfo.InvariantCulture);

    public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
