using System.Globalization;
using LoraGen.Training.Reporting;

namespace LoraGen.Training;

/// <summary>
/// Writes a CSV file with a row for each step: the step, the epoch, the loss, the learning rate, the norm of the gradients, whether it was skipped, the count,
/// the counts per second, the evaluation's loss (empty without one), the seconds, and the bytes of memory. A resumed training continues the file.
/// </summary>
/// <param name="path">The file; its folder is created if it doesn't exist.</param>
public sealed class CsvReport(string path) : IProgress<TrainingState>, IDisposable
{
    private const string Header = "step,epoch,loss,learning_rate,gradient_norm,skipped,count,count_per_second,evaluation_loss,seconds,memory_bytes";

    private readonly LineFile _file = new(path, Header);

    /// <inheritdoc/>
    public void Report(TrainingState value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _file.Write(
            value.Step,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Step},{value.Epoch},{value.Loss},{value.LearningRate},{value.GradientNorm},{(value.IsSkipped ? "true" : "false")},{value.Count},"
                + $"{value.CountPerSecond:F1},{value.Evaluation?.Loss},{value.Elapsed.TotalSeconds:F3},{value.MemoryBytes}"));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
