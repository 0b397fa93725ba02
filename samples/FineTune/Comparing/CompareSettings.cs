using System.Globalization;
using FineTuning.Spam;
using FineTuning.Training;
using LoraGen.Training.Comparison;
using LoraGen.Training.Reading;

namespace FineTuning.Comparing;

/// <summary>What all runs of a comparison have in common, as its settings.</summary>
internal static class CompareSettings
{
    private const string Mails = "mails";
    private const string General = "general text";
    private const string TrainMails = "mails to learn from";
    private const string Epochs = "epochs";
    private const string Tokens = "tokens of a mail";
    private const string ValidationMails = "validation mails";
    private const string TestMails = "test mails";

    private const int HashDigits = 12;

    /// <summary>The settings of a comparison. The hashes make sure that continued comparisons have the same data.</summary>
    /// <exception cref="DirectoryNotFoundException">The mails or the general text are missing; the message says how they are fetched.</exception>
    public static IReadOnlyDictionary<string, string> Of(string mails, int trainMails, int epochs, int tokens)
    {
        SpamCorpus.EnsureExists(mails);
        var general = Passages.FolderBeside(mails);
        return new Dictionary<string, string>
        {
            ["model"] = "all-MiniLM-L6-v2",
            [Mails] = mails,
            [$"{Mails}, SHA-256"] = DataFiles.Hash(mails)[..HashDigits],
            [General] = general,
            [$"{General}, SHA-256"] = DataFiles.Hash(general)[..HashDigits],
            [TrainMails] = Text(trainMails),
            [Epochs] = Text(epochs),
            [Tokens] = Text(tokens),
            [ValidationMails] = "400",
            [TestMails] = "800",
        };
    }

    /// <summary>The training of a run.</summary>
    public static TrainRequest Request(ComparedRun run) => new()
    {
        Method = Method.Named(run.Method),
        Mails = run.Setting(Mails),
        Output = run.Folder,
        LearningRate = run.LearningRate,
        Data = new SpamDataOptions
        {
            TrainPerClass = Number(run, TrainMails) / 2,
            ValidationPerClass = Number(run, ValidationMails) / 2,
            TestPerClass = Number(run, TestMails) / 2,
            Seed = run.Seed,
        },
        Epochs = Number(run, Epochs),
        MaxLength = Number(run, Tokens),
    };

    public static IReadOnlyList<Passage> GeneralText(ComparedRun run) => Passages.Read(run.Setting(General));

    private static int Number(ComparedRun run, string setting) => int.Parse(run.Setting(setting), CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
