using System.Globalization;

namespace LoraGen.Formats;

/// <summary>Several paths in one line of an error.</summary>
internal static class Several
{
    /// <summary>The first, and how many more there are.</summary>
    public static string Text(IReadOnlyCollection<string> paths)
    {
        return paths.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{paths.First()} and {paths.Count - 1} more") : paths.First();
    }
}
