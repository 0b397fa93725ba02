using System.Runtime.InteropServices;
using LoraGen.Training.Reporting;

namespace LoraGen.Training.Comparison;

/// <summary>A run that has ended, as its file stores it: with its measurement, or with the error that ended it.</summary>
/// <param name="Run">The run, without its folder.</param>
/// <param name="Machine">Where it was.</param>
/// <param name="Seconds">From the start of its process to the end.</param>
/// <param name="Measurement">What it measured.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record FinishedRun(ComparedRun Run, string Machine, double Seconds, Measurement? Measurement, string? Error)
{
    public static string ThisMachine => FormattableString.Invariant(
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");

    /// <summary>For example <c>accuracy 0.936 [0.918, 0.952], validation 0.940, 61.2 s of training</c>, or the first line of the error.</summary>
    public string Summary(string quality)
    {
        return Measurement is null
            ? $"failed: {Error!.Split('\n')[0]}"
            : FormattableString.Invariant($"{quality} {Measurement.Quality}, validation {Measurement.Validation:F3}, ")
                + $"{NumberText.Seconds(Measurement.TrainingSeconds)} of training";
    }

    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static FinishedRun Read(string path)
    {
        return JsonFiles.Read<FinishedRun>(path) is { Run: not null } finished && (finished.Measurement is null) != (finished.Error is null)
            ? finished
            : throw new InvalidDataException($"\"{path}\" is not a run of a comparison. Delete it to run it again.");
    }
}
