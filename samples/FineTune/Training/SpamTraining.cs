using FineTuning.MiniLm;
using FineTuning.Spam;
using LoraGen;
using LoraGen.Training;
using LoraGen.Training.Comparison;
using LoraGen.Training.Evaluation;
using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace FineTuning.Training;

/// <summary>Trains MiniLM to recognize spam by one method, tests it, and saves the adapter.</summary>
internal static class SpamTraining
{
    public static async Task<ClassificationScores> RunAsync(TrainRequest request, CancellationToken cancellationToken)
    {
        using var reports = new Reports(new ConsoleReport("mails"), new CsvReport(Path.Combine(request.Output, "steps.csv")));
        return await TrainAsync(request, Options(request), reports, Finish, cancellationToken);

        ClassificationScores Finish(TrainedClassifier trained)
        {
            foreach (var warning in trained.Result.Warnings)
                Console.WriteLine(warning);

            trained.Adapter.Save(Path.Combine(request.Output, "adapter"));
            return Test(trained.Model, trained.Batches.Test);
        }
    }

    /// <summary>Trains, and returns what is then done with the model before it is disposed.</summary>
    public static async Task<T> TrainAsync<T>(
        TrainRequest request, TrainingOptions options, IProgress<TrainingState> reports, Func<TrainedClassifier, T> use, CancellationToken cancellationToken)
    {
        var mails = SpamData.Choose(SpamCorpus.Read(request.Mails), request.Data);
        var batches = SpamBatches.Of(mails, request.MaxLength, request.Data.Seed);

        random.manual_seed(request.Data.Seed);
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);
        using var adapter = request.Method.Attach(model);
        Console.WriteLine($"{request.Method.Name}: {adapter.ParameterCount}; {mails.Train.Count} mails to learn from, {mails.Test.Count} for the test");
        using var optimizer = optim.AdamW(adapter.Parameters(), lr: request.LearningRate ?? request.Method.LearningRate, weight_decay: 0.01);

        // What was loaded and is free again is not the training's memory.
        PeakMemory.Restart();
        var trainer = new Trainer<ClassBatch>(model, optimizer, batch => Loss(model, batch), options, adapter);
        var result = await trainer.RunAsync(batches.Train, batches.Validation, reports, cancellationToken);
        return use(new TrainedClassifier(model, adapter, batches, result));
    }

    /// <summary>The options without checkpoints.</summary>
    public static TrainingOptions Budget(TrainRequest request) => new()
    {
        Epochs = request.Epochs,
        LearningRate = LearningRate.Linear(warmupShare: 0.1),
        Seed = request.Data.Seed,
    };

    private static TrainingOptions Options(TrainRequest request) => Budget(request) with
    {
        Checkpoints = new CheckpointOptions(Path.Combine(request.Output, "checkpoints")) { Limit = 1, Resume = true, LoadBest = true },
    };

    private static BatchLoss Loss(MiniLmClassifier model, ClassBatch batch)
    {
        var logits = model.call(batch.InputIds, batch.AttentionMask);
        return new BatchLoss(nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.Sum), batch.Labels.numel());
    }

    public static ClassificationScores Test(MiniLmClassifier model, ClassBatches batches)
    {
        model.eval();
        return ClassificationScores.Measure(batch => model.call(batch.InputIds, batch.AttentionMask), batches.Epoch(0));
    }
}
