using System.Text.Json;
using FineTuning.Spam;

namespace FineTuning.Comparing;

/// <summary>The mails of each seed, chosen once: reading the corpus takes as long as a short training.</summary>
internal static class ComparedMails
{
    /// <summary>Chooses the mails of each seed, and writes them into a folder.</summary>
    public static void Write(string folder, string mails, SpamDataOptions options, IEnumerable<long> seeds)
    {
        Directory.CreateDirectory(folder);
        Mail[] all = [.. SpamCorpus.Read(mails)];
        foreach (var seed in seeds)
            File.WriteAllBytes(FileOf(folder, seed), JsonSerializer.SerializeToUtf8Bytes(SpamData.Choose(all, options with { Seed = seed })));
    }

    public static SpamData Read(string folder, long seed) => JsonSerializer.Deserialize<SpamData>(File.ReadAllBytes(FileOf(folder, seed)))!;

    private static string FileOf(string folder, long seed) => Path.Combine(folder, FormattableString.Invariant($"seed-{seed}.json"));
}
