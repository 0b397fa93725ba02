using FineTuning.MiniLm;
using FineTuning.Spam;
using LoraGen;
using LoraGen.Training;
using LoraGen.Training.Evaluation;
using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace FineTuning.Training;

/// <summary>Trains MiniLM to recognize spam by one method, tests it, and saves the adapter.</summary>
internal static class SpamTraining
{
    public static async Task<ClassificationScores> RunAsync(TrainRequest request, CancellationToken cancellationToken)
    {
        var mails = SpamData.Choose(SpamCorpus.Read(request.Mails), request.Data);
        var batches = SpamBatches.Of(mails, request.MaxLength, request.Data.Seed);

        random.manual_seed(request.Data.Seed);
        using var model = new MiniLmClassifier(MiniLmModel.Load(), MiniLmModel.Config);
        using var adapter = request.Method.Attach(model);
        Console.WriteLine($"{request.Method.Name}: {adapter.ParameterCount}; {mails.Train.Count} mails to learn from, {mails.Test.Count} for the test");
        using var optimizer = optim.AdamW(adapter.Parameters(), lr: request.LearningRate ?? request.Method.LearningRate, weight_decay: 0.01);

        var trainer = new Trainer<ClassBatch>(model, optimizer, batch => Loss(model, batch), Options(request), adapter);
        using var reports = new Reports(new ConsoleReport("mails"), new CsvReport(Path.Combine(request.Output, "steps.csv")));
        var result = await trainer.RunAsync(batches.Train, batches.Validation, reports, cancellationToken);
        foreach (var warning in result.Warnings)
            Console.WriteLine(warning);

        adapter.Save(Path.Combine(request.Output, "adapter"));
        return Test(model, batches.Test);
    }

    private static TrainingOptions Options(TrainRequest request) => new()
    {
        Epochs = request.Epochs,
        LearningRate = LearningRate.Linear(warmupShare: 0.1),
        Seed = request.Data.Seed,
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
