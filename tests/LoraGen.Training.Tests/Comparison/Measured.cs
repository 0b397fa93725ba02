using LoraGen.Training.Comparison;
using LoraGen.Training.Evaluation;

namespace LoraGen.Training.Tests.Comparison;

internal static class Measured
{
    public static Measurement Of(double validation, double quality) => new()
    {
        Validation = validation,
        Quality = new ConfidenceInterval(quality, quality - 0.125, quality + 0.0625, 0.95),
        TrainedParameters = 50_000,
        TotalParameters = 1_000_000,
        TrainingSeconds = 60,
        StepSeconds = 0.5,
        AttachedSeconds = 0.0125,
        PeakMemoryBytes = 812_000_000,
    };
}
