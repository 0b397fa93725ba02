using LoraGen.Training.Evaluation;

namespace LoraGen.Training.Comparison;

/// <summary>The report of a comparison as JSON: means over the seeds with their intervals, the shortest times, and each measurement.</summary>
internal static class ComparisonJson
{
    public static object Of(ComparisonResult result) => new
    {
        result.Plan.Quality,
        result.Plan.IsLowerBetter,
        result.Plan.Forgetting,
        result.Plan.Seeds,
        result.Plan.Settings,
        result.Machines,
        Variants = result.Variants.Select(variant => Of(variant, result.Variants[0])),
        result.Failures,
        result.Missing,
    };

    private static object Of(VariantResult variant, VariantResult first) => new
    {
        variant.Variant.Name,
        variant.Variant.Method,
        variant.Variant.Options,
        variant.Rates,
        variant.LearningRate,
        Means = variant.Runs.Count == 0 ? null : Means(variant, first),
        ShortestTimes = variant.Runs.Count == 0 ? null : ShortestTimes(variant),
        variant.Runs,
    };

    private static Dictionary<string, ConfidenceInterval?> Means(VariantResult variant, VariantResult first) => new()
    {
        ["quality"] = variant.Quality,
        ["qualityAgainstFirst"] = variant == first ? null : variant.DifferenceFrom(first),
        ["trainedParameters"] = variant.Mean(measurement => measurement.TrainedParameters),
        ["totalParameters"] = variant.Mean(measurement => measurement.TotalParameters),
        ["peakMemoryBytes"] = variant.Mean(measurement => measurement.PeakMemoryBytes),
        ["adapterBytes"] = variant.Mean(measurement => measurement.AdapterBytes),
        ["forgetting"] = variant.Mean(measurement => measurement.Forgetting?.Difference),
    };

    private static Dictionary<string, double?> ShortestTimes(VariantResult variant) => new()
    {
        ["trainingSeconds"] = variant.Shortest(measurement => measurement.TrainingSeconds),
        ["stepSeconds"] = variant.Shortest(measurement => measurement.StepSeconds),
        ["attachedSeconds"] = variant.Shortest(measurement => measurement.AttachedSeconds),
        ["mergedSeconds"] = variant.Shortest(measurement => measurement.MergedSeconds),
    };
}
