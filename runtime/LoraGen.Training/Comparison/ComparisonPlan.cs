using System.Diagnostics;

namespace LoraGen.Training.Comparison;

/// <summary>What <see cref="Compare"/> runs: variants on one model, data, seeds and budget.</summary>
public sealed record ComparisonPlan
{
    /// <summary>
    /// The folder of the comparison: a JSON file for each finished run in <c>runs</c>, what the processes printed in <c>logs</c>, and the report. A comparison
    /// that was stopped continues from these files.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>What is compared. The first one is what the others are held against.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    /// <summary>The seeds; 0 by default. The first one chooses the learning rates.</summary>
    public IReadOnlyList<long> Seeds { get; init; } = [0];

    /// <summary>
    /// All else that results depend on, by name, such as the budget and hashes of the data and the model. A run gets them, and runs with other settings can't
    /// be in the same folder.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// How many learning rates are added to those of a variant, 2 by default: while the best one is the lowest or the highest that was tried, the next one in
    /// the same ratio is tried too. A variant with one learning rate keeps it. 0: only the given ones are tried.
    /// </summary>
    public int MaxAddedRates { get; init; } = 2;

    /// <summary>What the quality is; <c>accuracy</c> by default.</summary>
    public string Quality { get; init; } = "accuracy";

    /// <summary>Whether a lower quality is better, as of a loss; false by default.</summary>
    public bool IsLowerBetter { get; init; }

    /// <summary>What <see cref="Measurement.Forgetting"/> is, such as <c>loss on general text</c>.</summary>
    public string Forgetting { get; init; } = "forgetting";

    /// <summary>
    /// Starts the program of a run with the given arguments, which the program passes to <see cref="Compare.MeasureAsync"/>; null (the default) for the program
    /// that is running.
    /// </summary>
    public Func<IReadOnlyList<string>, ProcessStartInfo>? Program { get; init; }

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        if (Variants is not { Count: > 0 })
            throw new ArgumentException("There is no variant to compare.", nameof(Variants));
        if (Seeds is not { Count: > 0 } || Seeds.Distinct().Count() < Seeds.Count)
            throw new ArgumentException("There must be at least one seed, and no seed twice.", nameof(Seeds));
        if (Variants.FirstOrDefault(variant => !HasRates(variant)) is { } wrong)
            throw new ArgumentException($"Variant \"{wrong.Name}\" needs at least one learning rate; all must be above 0, and none twice.", nameof(Variants));

        ArgumentOutOfRangeException.ThrowIfNegative(MaxAddedRates);

        // Names that differ only in characters that a file's name can't have would be the same files.
        var files = Variants.Select(variant => variant.Name).GroupBy(RunFolder.FileName, StringComparer.OrdinalIgnoreCase);
        if (files.FirstOrDefault(names => names.Count() > 1) is { } same)
            throw new ArgumentException($"Two variants have the same name or file name: {string.Join(", ", same)}.", nameof(Variants));
    }

    internal ComparedRun Run(Variant variant, double learningRate, long seed) => new()
    {
        Method = variant.Method,
        Options = variant.Options,
        LearningRate = learningRate,
        Seed = seed,
        Settings = Settings,
    };

    private static bool HasRates(Variant variant)
    {
        return variant.LearningRates is { Count: > 0 } rates && rates.All(rate => rate > 0 && double.IsFinite(rate)) && rates.Distinct().Count() == rates.Count;
    }
}
