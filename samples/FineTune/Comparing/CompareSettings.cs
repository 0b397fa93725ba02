using System.Globalization;
using FineTuning.Spam;
using FineTuning.Training;
using LoraGen.Training.Comparison;
using LoraGen.Training.Reading;

namespace FineTuning.Comparing;

/// <summary>What all runs of a comparison have in common.</summary>
internal sealed record CompareSettings
{
    /// <summary>The option of a run that says the rank of LoRA.</summary>
    public const string Rank = "rank";

    private const string Chosen = "chosen mails";
    private const string General = "general text";
    private const string Epochs = "epochs";
    private const string Tokens = "tokens of a mail";
    private const int HashDigits = 12;

    /// <summary>The folder with the mails.</summary>
    public required string Mails { get; init; }

    /// <summary>The folder with the mails that <see cref="ComparedMails"/> chooses from them.</summary>
    public required string ChosenMails { get; init; }

    public SpamDataOptions Data { get; init; } = new() { TrainPerClass = 50, ValidationPerClass = 200 };

    public int EpochCount { get; init; } = 6;

    public int TokenCount { get; init; } = 64;

    /// <summary>As the settings of a comparison. The hashes make sure that a continued comparison has the same data.</summary>
    /// <exception cref="DirectoryNotFoundException">The mails or the general text are missing; the message says how they are fetched.</exception>
    public IReadOnlyDictionary<string, string> ToSettings()
    {
        SpamCorpus.EnsureExists(Mails);
        var general = Passages.FolderBeside(Mails);
        return new Dictionary<string, string>
        {
            ["model"] = "all-MiniLM-L6-v2",
            ["mails, SHA-256"] = DataFiles.Hash(Mails)[..HashDigits],
            [Chosen] = ChosenMails,
            ["mails to learn from"] = Text(2 * Data.TrainPerClass),
            ["validation mails"] = Text(2 * Data.ValidationPerClass),
            ["test mails"] = Text(2 * Data.TestPerClass),
            [General] = general,
            [$"{General}, SHA-256"] = DataFiles.Hash(general)[..HashDigits],
            [Epochs] = Text(EpochCount),
            [Tokens] = Text(TokenCount),
        };
    }

    /// <summary>The training of a run.</summary>
    public static TrainRequest Request(ComparedRun run) => new()
    {
        Method = run.Options.TryGetValue(Rank, out var rank) ? Method.LoraOfRank(int.Parse(rank, CultureInfo.InvariantCulture)) : Method.Named(run.Method),
        Mails = run.Setting(Chosen),
        Output = run.Folder,
        LearningRate = run.LearningRate,
        Data = new SpamDataOptions { Seed = run.Seed },
        Epochs = Number(run, Epochs),
        MaxLength = Number(run, Tokens),
    };

    /// <summary>The general text of a run.</summary>
    public static IReadOnlyList<Passage> GeneralText(ComparedRun run) => Passages.Read(run.Setting(General));

    private static int Number(ComparedRun run, string setting) => int.Parse(run.Setting(setting), CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
