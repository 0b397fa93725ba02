using System.Globalization;

namespace LoraGen.Training.Reporting;

/// <summary>Numbers as people read them.</summary>
internal static class NumberText
{
    /// <summary>For example <c>0.0001</c> or <c>5e-5</c>.</summary>
    public static string Rate(double rate)
    {
        return rate.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace('E', 'e');
    }

    /// <summary>For example <c>61.3 s</c> or <c>4.20 ms</c>.</summary>
    public static string Seconds(double seconds)
    {
        return seconds switch
        {
            >= 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
            >= 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s"),
            >= 0.1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F0} ms"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F2} ms"),
        };
    }

    /// <summary>For example <c>1.20 GB</c>, <c>812 MB</c>, <c>1.53 MB</c> or <c>310 kB</c>.</summary>
    public static string Bytes(double bytes)
    {
        return bytes switch
        {
            >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F2} GB"),
            >= 1e8 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB"),
            >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F2} MB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F0} kB"),
        };
    }
}
