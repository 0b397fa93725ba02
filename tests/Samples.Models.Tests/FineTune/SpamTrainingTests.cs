using FineTuning.MiniLm;
using FineTuning.Spam;
using FineTuning.Training;

namespace Samples.Models.Tests.FineTune;

public sealed class SpamTrainingTests
{
    private static readonly SpamDataOptions Data = new() { TrainPerClass = 8, ValidationPerClass = 4, TestPerClass = 8 };

    [Fact]
    public async Task It_learns_and_saves_an_adapter()
    {
        using var folder = new TemporaryFolder();
        WriteMails(folder);

        var scores = await SpamTraining.RunAsync(
            new TrainRequest { Method = Method.Named("lora"), Mails = folder["mails"], Output = folder["run"], Data = Data, Epochs = 4, LearningRate = 5e-3 },
            CancellationToken.None);

        Assert.Equal(16, scores.Correct.Count);
        Assert.InRange(scores.Accuracy, 0.9, 1);

        // The adapter makes the same predictions again.
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);
        using var adapter = model.AttachLoraForInference(folder["run/adapter"]);
        var test = SpamBatches.Of(SpamData.Choose(SpamCorpus.Read(folder["mails"]), Data), 128, 0).Test;
        Assert.Equal(scores.Correct, SpamTraining.Test(model, test).Correct);
    }

    internal static void WriteMails(TemporaryFolder folder)
    {
        string[] offers = ["pills", "loans", "prizes", "watches", "mortgages", "casino chips", "diplomas", "vacations"];
        string[] subjects = ["kernel", "parser", "compiler", "scheduler", "driver", "test suite", "linker", "manual"];
        for (var i = 0; i < 24; i++)
        {
            var (offer, subject) = (offers[i % 8], subjects[i % 8]);
            folder.Write($"mails/spam-1/{i:D2}.txt", $"X: y\n\nBuy cheap {offer} number {i * 7}, only {i + 3} left, click here to win {offer} {i} times!!!");
            folder.Write($"mails/easy-ham-1/{i:D2}.txt", $"X: y\n\nThe {subject} fails since revision {i * 7}. I attach {i + 3} lines of the {subject} log, case {i}.");
        }

        foreach (var group in new[] { "spam-2", "hard-ham-1", "easy-ham-2" })
            Directory.CreateDirectory(folder[$"mails/{group}"]);
    }
}
