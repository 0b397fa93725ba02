using FineTuning.MiniLm;
using FineTuning.Training;
using LoraGen;
using LoraGen.Training.Comparison;
using LoraGen.Training.Evaluation;
using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace FineTuning.Comparing;

/// <summary>What a run of a comparison does: it trains by a method, and measures.</summary>
internal static class SpamMeasurement
{
    public static async Task<Measurement> MeasureAsync(ComparedRun run)
    {
        var request = CompareSettings.Request(run);
        var general = CompareSettings.GeneralText(run);
        var batches = SpamBatches.Of(ComparedMails.Read(request.Mails, run.Seed), request.MaxLength, run.Seed);

        random.manual_seed(run.Seed);
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);
        using var tuned = new TunedModel(model, request.Method);
        var times = new StepTimes();
        PeakMemory.Restart();
        await tuned.TrainOnlyAsync(request, batches, times);

        var peak = PeakMemory.Bytes;
        var count = tuned.Count;
        return new Measurement
        {
            Validation = SpamTraining.Test(model, batches.Validation).Accuracy,
            Quality = Bootstrap.Share(SpamTraining.Test(model, batches.Test).Correct),
            TrainedParameters = count.Trainable,
            TotalParameters = count.Total,
            TrainingSeconds = times.TotalSeconds,
            StepSeconds = times.MedianSeconds,
            PeakMemoryBytes = peak,
            Forgetting = new BeforeAndAfter(BaseAccuracy(general), Retrieval.Accuracy(model, general)),
            AdapterBytes = SavedBytes(tuned, run.Folder),
            AttachedSeconds = InferenceSeconds(model, request.MaxLength),
            MergedSeconds = MergedSeconds(model, tuned.Adapter, request.MaxLength),
        };
    }

    private static double BaseAccuracy(IReadOnlyList<Passage> general)
    {
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);
        return Retrieval.Accuracy(model, general);
    }

    private static long SavedBytes(TunedModel tuned, string folder)
    {
        tuned.Save(folder);
        return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
    }

    private static double? MergedSeconds(MiniLmClassifier model, AdapterBase? adapter, int tokens)
    {
        if (adapter is not Adapter mergeable)
            return null;

        mergeable.Merge();
        return InferenceSeconds(model, tokens);
    }

    // Of one mail that is as long as mails can be.
    private static double InferenceSeconds(MiniLmClassifier model, int tokens)
    {
        model.eval();
        using var noGrad = no_grad();
        var options = new PaddedBatchOptions { MaxLength = tokens, BatchSize = 1, Seed = null };
        using var mail = new ClassBatches([new ClassifiedExample(new int[tokens], 0)], options).Epoch(0).Single();
        return Latency.Measure(() => model.call(mail.InputIds, mail.AttentionMask).Dispose());
    }
}
