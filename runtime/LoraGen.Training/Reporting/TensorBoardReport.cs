using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Training;

/// <summary>
/// Writes event files for TensorBoard: <c>train/loss</c>, <c>train/learning_rate</c>, <c>train/gradient_norm</c>, <c>evaluation/loss</c> and other metrics,
/// <c>time/seconds</c>, <c>time/count_per_second</c>, <c>resources/memory_gb</c>, <c>resources/processor</c>, and once the number of <c>parameters/total</c>
/// and <c>parameters/trainable</c>.
/// </summary>
/// <param name="folder">The folder of the event files, which <c>tensorboard --logdir</c> reads.</param>
public sealed class TensorBoardReport(string folder) : IProgress<TrainingState>
{
    private SummaryWriter? _writer;

    /// <inheritdoc/>
    public void Report(TrainingState value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_writer is null)
        {
            _writer = utils.tensorboard.SummaryWriter(folder);
            Add("parameters/total", value.TotalParameters);
            Add("parameters/trainable", value.TrainableParameters);
        }

        Add("train/loss", value.Loss);
        Add("train/learning_rate", value.LearningRate);
        Add("train/gradient_norm", value.GradientNorm);
        Add("time/seconds", value.Elapsed.TotalSeconds);
        Add("time/count_per_second", value.CountPerSecond);
        Add("resources/memory_gb", value.MemoryBytes / 1e9);
        Add("resources/processor", value.Processor);
        if (value.Evaluation is not { } evaluated)
            return;

        Add("evaluation/loss", evaluated.Loss);
        foreach (var (name, metric) in evaluated.Metrics)
            Add($"evaluation/{name}", metric);

        void Add(string tag, double number) => _writer.add_scalar(tag, (float)number, checked((int)value.Step));
    }
}
