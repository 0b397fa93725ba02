using LoraGen;
using LoraGen.Training;
using LoraGen.Training.Evaluation;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vision.Training;

/// <summary>Trains a classifier of shapes, and tests it.</summary>
internal static class ShapeTraining
{
    /// <param name="model">The model.</param>
    /// <param name="adapter">Its adapter; null if a part of the model itself is trained.</param>
    /// <param name="parameters">What is trained.</param>
    /// <param name="images">The images to learn from.</param>
    /// <param name="epochs">How often they are seen.</param>
    /// <param name="progress">Gets the state after each step.</param>
    public static async Task<TrainingResult> RunAsync(
        ShapeClassifier model, AdapterBase? adapter, IEnumerable<Parameter> parameters, TensorBatches images, long epochs, IProgress<TrainingState> progress)
    {
        using var optimizer = optim.AdamW(parameters, lr: 2e-3, weight_decay: 0.01);
        var options = new TrainingOptions { Epochs = epochs, LearningRate = LearningRate.Cosine(warmupShare: 0.1) };
        var result = await new Trainer<TensorBatch>(model, optimizer, Loss, options, adapter).RunAsync(images, progress: progress);
        foreach (var warning in result.Warnings)
            Console.WriteLine(warning);
        return result;

        BatchLoss Loss(TensorBatch batch)
        {
            return new BatchLoss(nn.functional.cross_entropy(model.call(batch.Inputs), batch.Targets, reduction: nn.Reduction.Sum), batch.Rows);
        }
    }

    public static ClassificationScores Test(ShapeClassifier model, TensorBatches images)
    {
        model.eval();
        return ClassificationScores.Measure(batch => model.call(batch.Inputs), batch => batch.Targets, images.Epoch(0));
    }
}
