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
        var times = new StepTimes();

        // The validation is measured at the end alone.
        var options = SpamTraining.Budget(request) with { EvaluateEvery = long.MaxValue };
        return await SpamTraining.TrainAsync(request, options, times, Measure, CancellationToken.None);

        Measurement Measure(TrainedClassifier trained)
        {
            var peak = PeakMemory.Bytes;
            var (model, adapter) = (trained.Model, trained.Adapter);
            var count = adapter.ParameterCount;
            return new Measurement
            {
                Validation = SpamTraining.Test(model, trained.Batches.Validation).Accuracy,
                Quality = Bootstrap.Share(SpamTraining.Test(model, trained.Batches.Test).Correct),
                TrainedParameters = count.Trainable,
                TotalParameters = count.Total,
                TrainingSeconds = times.TotalSeconds,
                StepSeconds = times.MedianSeconds,
                AttachedSeconds = InferenceSeconds(model, request.MaxLength),
                MergedSeconds = MergedSeconds(model, adapter, request.MaxLength),
                PeakMemoryBytes = peak,
                AdapterBytes = SavedBytes(adapter, Path.Combine(run.Folder, "adapter")),
                Forgetting = new BeforeAndAfter(BaseAccuracy(general), Retrieval.Accuracy(model, general)),
            };
        }
    }

    private static double? MergedSeconds(MiniLmClassifier model, AdapterBase adapter, int tokens)
    {
        if (adapter is not Adapter mergeable)
            return null;

        mergeable.Merge();
        var seconds = InferenceSeconds(model, tokens);
        mergeable.Unmerge();
        return seconds;
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

    private static long SavedBytes(AdapterBase adapter, string folder)
    {
        adapter.Save(folder);
        return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
    }

    private static double BaseAccuracy(IReadOnlyList<Passage> general)
    {
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);
        return Retrieval.Accuracy(model, general);
    }
}
