namespace FineTuning.Comparing;

/// <summary>
/// Passages of a novel, as general text of another kind than mails. What a sentence encoder is for is to find texts of the same subject: the second half of a
/// passage, given the first one.
/// </summary>
internal static class Passages
{
    private const int Words = 40;

    /// <summary>The folder that fetch-mails.sh fills.</summary>
    public static string FolderBeside(string mails)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(mails)) ?? "", "general");
        return Directory.Exists(folder)
            ? folder
            : throw new DirectoryNotFoundException($"There is no \"{folder}\". Fetch the novel for it, and the mails: bash samples/FineTune/fetch-mails.sh");
    }

    /// <summary>The beginning of each chapter that is long enough, without its heading.</summary>
    public static IReadOnlyList<Passage> Read(string folder)
    {
        return [.. Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(Beginning).OfType<Passage>()];
    }

    private static Passage? Beginning(string chapter)
    {
        var words = string.Join(' ', File.ReadLines(chapter).Skip(1)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 * Words ? null : new Passage(string.Join(' ', words[..Words]), string.Join(' ', words[Words..(2 * Words)]));
    }
}
