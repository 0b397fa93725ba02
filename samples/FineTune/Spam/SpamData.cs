using LoraGen.Training.Cleaning;

namespace FineTuning.Spam;

/// <summary>Mails for training, validation and test, as many of spam as of others in each.</summary>
internal sealed record SpamData(IReadOnlyList<Mail> Train, IReadOnlyList<Mail> Validation, IReadOnlyList<Mail> Test)
{
    /// <summary>
    /// Chooses from mails without near duplicates and empty ones. The validation and test parts are always the same for the same mails; the seed chooses
    /// the training mails among the others.
    /// </summary>
    /// <exception cref="ArgumentException">There are too few mails.</exception>
    public static SpamData Choose(IEnumerable<Mail> mails, SpamDataOptions options)
    {
        var unique = Duplicates.RemoveNear(mails.Where(mail => mail.Text.Length > 0), mail => mail.Text, options.Duplicates).Kept;
        var (spam, other) = (ChooseClass([.. unique.Where(mail => mail.IsSpam)], options), ChooseClass([.. unique.Where(mail => !mail.IsSpam)], options));
        return new SpamData([.. other.Train, .. spam.Train], [.. other.Validation, .. spam.Validation], [.. other.Test, .. spam.Test]);
    }

    private static SpamData ChooseClass(IReadOnlyList<Mail> mails, SpamDataOptions options)
    {
        var needed = options.TrainPerClass + options.ValidationPerClass + options.TestPerClass;
        if (mails.Count <= needed)
            throw new ArgumentException($"There are {mails.Count} different mails of a class, and more than {needed} are needed.", nameof(mails));

        var parts = DataSplit.BySize(mails, (double)options.ValidationPerClass / mails.Count, (double)options.TestPerClass / mails.Count);
        var train = DataSplit.BySize(parts.Train, (double)options.TrainPerClass / parts.Train.Count, seed: options.Seed).Validation;
        return new SpamData(train, parts.Validation, parts.Test);
    }
}
