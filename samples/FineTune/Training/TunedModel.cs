using FineTuning.MiniLm;
using LoraGen;
using LoraGen.Training;
using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace FineTuning.Training;

/// <summary>A model with the adapter of a method. The caller disposes the model.</summary>
internal sealed class TunedModel(MiniLmClassifier model, Method method) : IDisposable
{
    /// <summary>The adapter; null if the method trains the model itself.</summary>
    public AdapterBase? Adapter { get; } = method.Attach(model);

    public ParameterCount Count => Adapter?.ParameterCount ?? FullCount();

    /// <summary>Trains it, and continues a training that was stopped. The values are those of the best evaluation afterwards.</summary>
    public async Task<TrainingResult> TrainAsync(
        TrainRequest request, SpamBatches batches, IProgress<TrainingState> progress, CancellationToken cancellationToken)
    {
        var checkpoints = new CheckpointOptions(Path.Combine(request.Output, "checkpoints")) { Limit = 1, Resume = true, LoadBest = true };
        using var optimizer = Optimizer(request, batches);
        return await Trainer(optimizer, Options(request) with { Checkpoints = checkpoints })
            .RunAsync(batches.Train, batches.Validation, progress, cancellationToken);
    }

    /// <summary>Trains it without evaluations and checkpoints. The values are those of the last step afterwards.</summary>
    public async Task TrainOnlyAsync(TrainRequest request, SpamBatches batches, IProgress<TrainingState> progress)
    {
        using var optimizer = Optimizer(request, batches);
        await Trainer(optimizer, Options(request)).RunAsync(batches.Train, null, progress);
    }

    /// <summary>Saves the adapter, or the model if there is none, in a folder of that name.</summary>
    public void Save(string output)
    {
        if (Adapter is null)
            model.SaveCheckpoint(Path.Combine(output, "model"));
        else
            Adapter.Save(Path.Combine(output, "adapter"));
    }

    /// <summary>Loads what was saved.</summary>
    public void Load(string output)
    {
        if (Adapter is null)
            model.LoadCheckpoint(Path.Combine(output, "model"));
        else
            Adapter.Load(Path.Combine(output, "adapter"));
    }

    public void Dispose() => Adapter?.Dispose();

    private static TrainingOptions Options(TrainRequest request) => new()
    {
        Epochs = request.Epochs,
        LearningRate = LearningRate.Linear(warmupShare: 0.1),
        Seed = request.Data.Seed,
    };

    private optim.Optimizer Optimizer(TrainRequest request, SpamBatches batches)
    {
        var rate = request.LearningRate ?? method.LearningRate;
        return method.CreateOptimizer(model, Adapter, rate, steps: request.Epochs * batches.Train.BatchesPerEpoch!.Value);
    }

    private Trainer<ClassBatch> Trainer(optim.Optimizer optimizer, TrainingOptions options) => new(model, optimizer, Loss, options, Adapter);

    private BatchLoss Loss(ClassBatch batch)
    {
        var logits = model.call(batch.InputIds, batch.AttentionMask);
        return new BatchLoss(nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.Sum), batch.Labels.numel());
    }

    private ParameterCount FullCount()
    {
        var all = model.parameters().Sum(parameter => parameter.numel());
        return new ParameterCount(all, all);
    }
}
