using FineTuning.MiniLm;
using FineTuning.Spam;
using LoraGen.Training;
using LoraGen.Training.Evaluation;
using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace FineTuning.Training;

/// <summary>Trains MiniLM to recognize spam by one method, tests it, and saves the result.</summary>
internal static class SpamTraining
{
    public static async Task<ClassificationScores> RunAsync(TrainRequest request, CancellationToken cancellationToken)
    {
        var mails = SpamData.Choose(SpamCorpus.Read(request.Mails), request.Data);
        var batches = SpamBatches.Of(mails, request.MaxLength, request.Data.Seed);

        random.manual_seed(request.Data.Seed);
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);
        using var tuned = new TunedModel(model, request.Method);
        Console.WriteLine($"{request.Method.Name}: {tuned.Count}; {mails.Train.Count} mails to learn from, {mails.Test.Count} for the test");

        using var reports = new Reports(new ConsoleReport("mails"), new CsvReport(Path.Combine(request.Output, "steps.csv")));
        var result = await tuned.TrainAsync(request, batches, reports, cancellationToken);
        foreach (var warning in result.Warnings)
            Console.WriteLine(warning);

        tuned.Save(request.Output);
        return Test(model, batches.Test);
    }

    public static ClassificationScores Test(MiniLmClassifier model, ClassBatches batches)
    {
        model.eval();
        return ClassificationScores.Measure(batch => model.call(batch.InputIds, batch.AttentionMask), batches.Epoch(0));
    }
}
