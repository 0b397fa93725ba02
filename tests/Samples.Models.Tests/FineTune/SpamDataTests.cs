using FineTuning.Spam;

namespace Samples.Models.Tests.FineTune;

public sealed class SpamDataTests
{
    private static readonly SpamDataOptions Options = new() { TrainPerClass = 3, ValidationPerClass = 4, TestPerClass = 5 };

    [Fact]
    public void Parts_are_balanced_and_disjoint()
    {
        var data = SpamData.Choose(Mails(), Options);

        foreach (var (part, size) in new[] { (data.Train, 3), (data.Validation, 4), (data.Test, 5) })
            Assert.Equal((size, size), (part.Count(mail => mail.IsSpam), part.Count(mail => !mail.IsSpam)));
        Assert.Equal(24, data.Train.Concat(data.Validation).Concat(data.Test).Select(mail => mail.Text).Distinct().Count());
    }

    [Fact]
    public void The_seed_changes_the_training_part_only()
    {
        var (first, again, other) = (SpamData.Choose(Mails(), Options), SpamData.Choose(Mails(), Options), SpamData.Choose(Mails(), Options with { Seed = 1 }));

        Assert.Equal(first.Train, again.Train);
        Assert.NotEqual(first.Train, other.Train);
        Assert.Equal(first.Validation, other.Validation);
        Assert.Equal(first.Test, other.Test);
    }

    [Fact]
    public void Near_duplicates_and_empty_mails_are_in_no_part()
    {
        // 12 different mails of a class are needed with one left over, and 13 of them are: with the copies there would be more.
        List<Mail> thirteen = [.. Mails().Where(mail => mail.IsSpam).Take(13), .. Mails().Where(mail => !mail.IsSpam).Take(13)];
        var copies = thirteen.Select(mail => mail with { Text = $"{mail.Text} ID 12345." });
        var data = SpamData.Choose([.. thirteen, .. copies, new Mail("", true)], Options);

        Assert.All(data.Train.Concat(data.Validation).Concat(data.Test), mail => Assert.Contains(mail, thirteen));
        Assert.Throws<ArgumentException>(() => SpamData.Choose([.. thirteen.Skip(1), .. copies.Skip(1)], Options));
    }

    [Fact]
    public void A_folder_of_mails_is_read_by_groups()
    {
        using var folder = new TemporaryFolder();
        foreach (var group in new[] { "spam-2", "spam-1", "hard-ham-1", "easy-ham-2", "easy-ham-1" })
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, group));
            File.WriteAllText(Path.Combine(folder.Path, group, "1.txt"), $"Subject: x\n\nA mail of {group}.\n-- \nAda\n");
            File.WriteAllText(Path.Combine(folder.Path, group, "1.json"), "{}");
        }

        var mails = SpamCorpus.Read(folder.Path).ToList();

        Assert.Equal(["easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2"], mails.Select(mail => mail.Text["A mail of ".Length..^1]));
        Assert.Equal([false, false, false, true, true], mails.Select(mail => mail.IsSpam));
    }

    [Fact]
    public void A_missing_folder_is_an_error_that_names_the_script()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("fetch-mails.sh", Assert.Throws<DirectoryNotFoundException>(() => SpamCorpus.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Mail> Mails()
    {
        var random = new Random(5);
        foreach (var isSpam in new[] { false, true })
        {
            for (var i = 0; i < 20; i++)
                yield return new Mail(string.Join(' ', Enumerable.Range(0, 30).Select(_ => $"word{random.Next(1000)}")), isSpam);
        }
    }
}
