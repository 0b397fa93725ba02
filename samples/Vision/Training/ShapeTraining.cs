using LoraGen;
using LoraGen.Training;
using LoraGen.Training.Evaluation;
using TorchSharp.Modules;
using Vision.Shapes;
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
        ShapeClassifier model, AdapterBase? adapter, IEnumerable<Parameter> parameters, ShapeImages images, long epochs, IProgress<TrainingState> progress)
    {
        using var optimizer = optim.AdamW(parameters, lr: 2e-3, weight_decay: 0.01);
        var options = new TrainingOptions { Epochs = epochs, LearningRate = LearningRate.Cosine(warmupShare: 0.1) };
        var result = await new Trainer<ImageBatch>(model, optimizer, Loss, options, adapter).RunAsync(images, progress: progress);
        foreach (var warning in result.Warnings)
            Console.WriteLine(warning);
        return result;

        BatchLoss Loss(ImageBatch batch)
        {
            return new BatchLoss(nn.functional.cross_entropy(model.call(batch.Images), batch.Labels, reduction: nn.Reduction.Sum), batch.Labels.numel());
        }
    }

    public static ClassificationScores Test(ShapeClassifier model, ShapeImages images)
    {
        using var noGrad = no_grad();
        model.eval();
        var (predicted, expected) = (new List<long>(), new List<long>());
        foreach (var batch in images.Epoch(0))
        {
            using (batch)
            {
                using var scope = NewDisposeScope();
                predicted.AddRange(model.call(batch.Images).argmax(1).data<long>().ToArray());
                expected.AddRange(batch.Labels.data<long>().ToArray());
            }
        }

        return ClassificationScores.Of(predicted, expected);
    }
}
