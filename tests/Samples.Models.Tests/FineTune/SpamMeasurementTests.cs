using FineTuning.Comparing;
using FineTuning.MiniLm;
using FineTuning.Spam;
using LoraGen.Training.Comparison;

namespace Samples.Models.Tests.FineTune;

/// <summary>What a run of the comparison measures.</summary>
public sealed class SpamMeasurementTests
{
    [Fact]
    public async Task A_run_is_measured()
    {
        using var folder = new TemporaryFolder();
        SpamTrainingTests.WriteMails(folder);
        WriteChapters(folder);
        var settings = new CompareSettings
        {
            Mails = folder["mails"],
            ChosenMails = folder["chosen"],
            Data = new SpamDataOptions { TrainPerClass = 8, ValidationPerClass = 4, TestPerClass = 8 },
            EpochCount = 4,
            TokenCount = 32,
        };
        ComparedMails.Write(settings.ChosenMails, settings.Mails, settings.Data, [0]);
        var run = new ComparedRun { Method = "lora", LearningRate = 5e-3, Seed = 0, Settings = settings.ToSettings(), Folder = folder["run"] };

        var measured = await SpamMeasurement.MeasureAsync(run);

        Assert.InRange(measured.Quality.Value, 0.8, 1);
        Assert.InRange(measured.Validation, 0.7, 1);

        // Six layers with two LoRA of rank 8, and the head.
        Assert.Equal((6 * 2 * 8 * 2 * 384) + (2 * 384) + 2, measured.TrainedParameters);
        Assert.Equal(new FileInfo(folder["run/adapter/adapter_model.safetensors"]).Length, measured.AdapterBytes!.Value, 20_000.0);
        Assert.True(measured.TrainingSeconds > measured.StepSeconds && measured.StepSeconds > 0 && measured.AttachedSeconds > 0 && measured.MergedSeconds > 0);

        // Before the training it is what the base model finds.
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);
        Assert.Equal(Retrieval.Accuracy(model, Passages.Read(folder["general"])), measured.Forgetting!.Before);
    }

    [Fact]
    public void The_base_model_finds_what_belongs_together()
    {
        using var folder = new TemporaryFolder();
        WriteChapters(folder);
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);

        var passages = Passages.Read(folder["general"]);

        Assert.Equal(4, passages.Count);
        Assert.StartsWith("The whale", passages[0].First, StringComparison.Ordinal);
        Assert.Equal(40, passages[0].Second.Split(' ').Length);
        Assert.Equal(1, Retrieval.Accuracy(model, passages));
        Assert.Equal(0, Retrieval.Accuracy(model, [.. passages.Select((passage, i) => passage with { Second = passages[(i + 1) % 4].Second })]));
    }

    // A chapter that is too short has no passage.
    private static void WriteChapters(TemporaryFolder folder)
    {
        string[] subjects =
            ["The whale swims in the sea.", "The cook bakes bread and cakes.", "The king reigns over his country.", "The train stops at the station."];
        foreach (var (subject, i) in subjects.Select((subject, i) => (subject, i)))
            folder.Write($"general/chapter_{i}.txt", $"CHAPTER {i}. A heading.\n\n{string.Join('\n', Enumerable.Repeat(subject, 20))}");
        folder.Write("general/chapter_9.txt", "CHAPTER 9. Short.\n\nNothing more.");
    }
}
