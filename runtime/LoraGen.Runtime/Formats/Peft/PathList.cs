using System.Globalization;

namespace LoraGen.Formats;

/// <summary>A short list of paths for messages.</summary>
internal static class PathList
{
    /// <summary>The first path, and the number of the others.</summary>
    public static string Summarize(IReadOnlyCollection<string> paths)
    {
        return paths.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{paths.First()} and {paths.Count - 1} more") : paths.First();
    }
}
