using System.Reflection;

namespace LoraGen.Analyzers.Tests;

/// <summary>
/// A file of the repository that is written from the list of rules. <c>LORAGEN_ACCEPT=1 dotnet test tests/LoraGen.Analyzers.Tests</c> writes it again.
/// </summary>
internal static class WrittenFile
{
    public static string RepositoryRoot { get; } =
        typeof(WrittenFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    private static bool IsAccepting => Environment.GetEnvironmentVariable("LORAGEN_ACCEPT") == "1";

    /// <summary>Compares a file, or the part between two of its lines, with its expected text.</summary>
    public static void Verify(string relative, string expected, (string Begin, string End)? markers = null)
    {
        var path = Path.Combine(RepositoryRoot, relative);
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        var after = markers is { } lines ? Between(before, lines.Begin, lines.End, expected) : expected;
        if (before == after)
            return;

        if (!IsAccepting)
        {
            Assert.Fail(
                $"{relative} is not what the rules make of it. "
                + $"LORAGEN_ACCEPT=1 dotnet test tests/LoraGen.Analyzers.Tests writes it again; expected:\n{after}");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, after);
    }

    /// <summary>Writes a file that is not there yet, when files are accepted; what is there is left as it is.</summary>
    public static void Begin(string relative, string text)
    {
        var path = Path.Combine(RepositoryRoot, relative);
        if (!IsAccepting || File.Exists(path))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Between(string text, string begin, string end, string expected)
    {
        var start = text.IndexOf(begin + "\n", StringComparison.Ordinal);
        var stop = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(start >= 0 && stop > start, $"The lines {begin} and {end} are missing.");
        return text[..(start + begin.Length + 1)] + expected + text[stop..];
    }
}
