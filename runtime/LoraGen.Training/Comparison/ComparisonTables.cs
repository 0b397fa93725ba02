using System.Globalization;
using System.Text;
using LoraGen.Training.Reporting;

namespace LoraGen.Training.Comparison;

/// <summary>The report of a comparison as Markdown.</summary>
internal static class ComparisonTables
{
    public static string Of(ComparisonResult result)
    {
        var text = new StringBuilder();
        var measured = result.Measured;
        if (measured.Count > 0)
        {
            AddTable(text, Columns(result, measured), measured);
            text.Append(CultureInfo.InvariantCulture, $"\n{Rule(result.Plan, measured)}\n");
        }

        if (result.Variants.Any(variant => variant.Rates.Count > 1))
            AddRates(text, result);
        if (result.Failures.Count > 0)
            AddFailures(text, result.Failures);
        if (result.Missing > 0)
            text.Append(CultureInfo.InvariantCulture, $"\nRuns that aren't finished: {result.Missing}.\n");
        if (result.Plan.Settings.Count > 0)
        {
            var settings = result.Plan.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key} {setting.Value}");
            text.Append(CultureInfo.InvariantCulture, $"\nSettings: {Cell(string.Join("; ", settings))}.\n");
        }

        if (result.Machines.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"\nMachine: {Cell(string.Join(" and ", result.Machines))}. {Runs(result)}\n");
        return text.ToString();
    }

    private static Column[] Columns(ComparisonResult result, IReadOnlyList<VariantResult> measured)
    {
        var first = result.Variants[0];
        Column[] columns =
        [
            new("method", variant => Cell(variant.Variant.Name)),
            new("learning rate", variant => NumberText.Rate(variant.LearningRate!.Value)),
            new(result.Plan.Quality, variant => variant.Quality.ToString()),
            new($"against {Cell(first.Variant.Name)}", variant => Difference(variant, first)),
            new("trained", variant => Mean(variant, measurement => measurement.TrainedParameters, value => Text($"{value:N0}"))),
            new("share", variant => Mean(variant, Share, value => Text($"{value:F2} %"))),
            new("training", variant => Shortest(variant, measurement => measurement.TrainingSeconds)),
            new("step", variant => Shortest(variant, measurement => measurement.StepSeconds)),
            new("attached", variant => Shortest(variant, measurement => measurement.AttachedSeconds)),
            new("merged", variant => Shortest(variant, measurement => measurement.MergedSeconds)),
            new("peak memory", variant => Mean(variant, measurement => measurement.PeakMemoryBytes, NumberText.Bytes)),
            new("file", variant => Mean(variant, measurement => measurement.AdapterBytes, NumberText.Bytes)),
            new(result.Plan.Forgetting, Forgetting),
        ];

        // What no variant has would be an empty column.
        return [.. columns.Where(column => measured.Any(variant => column.Text(variant).Length > 0))];
    }

    private static void AddTable(StringBuilder text, Column[] columns, IReadOnlyList<VariantResult> variants)
    {
        AddRow(text, columns.Select(column => column.Name));
        AddRow(text, columns.Select(_ => "---"));
        foreach (var variant in variants)
            AddRow(text, columns.Select(column => column.Text(variant)));
    }

    private static void AddRates(StringBuilder text, ComparisonResult result)
    {
        var (seed, quality) = (result.Plan.Seeds[0], result.Plan.Quality);
        text.Append(CultureInfo.InvariantCulture, $"\nLearning rates that were tried with seed {seed}, and the {quality} on the validation data:\n\n");
        AddRow(text, ["method", "learning rates", "chosen"]);
        AddRow(text, ["---", "---", "---"]);
        foreach (var variant in result.Variants)
        {
            var chosen = variant.LearningRate is { } rate ? NumberText.Rate(rate) : "none";
            AddRow(text, [Cell(variant.Variant.Name), string.Join("; ", variant.Rates.Select(Tried)), chosen]);
        }
    }

    private static void AddFailures(StringBuilder text, IReadOnlyList<FailedRun> failures)
    {
        text.Append("\nRuns that failed:\n\n");
        AddRow(text, ["run", "error"]);
        AddRow(text, ["---", "---"]);
        foreach (var failure in failures)
            AddRow(text, [Cell(failure.Name), Cell(failure.Error.Split('\n')[0])]);
    }

    private static string Rule(ComparisonPlan plan, IReadOnlyList<VariantResult> measured)
    {
        return measured.All(variant => variant.Runs.Count == 1)
            ? $"The intervals of the {plan.Quality} are those of the bootstrap over the test items, at 95 %; there is one seed, {plan.Seeds[0]}."
            : $"Means over the seeds {string.Join(", ", plan.Seeds)}, with 95 % intervals of Student's t over the seeds; differences are of "
                + "equal seeds, and times are the shortest of the seeds.";
    }

    private static string Tried(TriedRate rate)
    {
        return $"{NumberText.Rate(rate.LearningRate)}: {rate.Validation?.ToString("F3", CultureInfo.InvariantCulture) ?? "none"}";
    }

    private static double? Share(Measurement measurement) => 100.0 * measurement.TrainedParameters / measurement.TotalParameters;

    private static string Runs(ComparisonResult result) => Text($"All runs took {result.RunTime.TotalMinutes:F1} minutes.");

    private static string Mean(VariantResult variant, Func<Measurement, double?> number, Func<double, string> format)
    {
        return variant.Mean(number) is { } mean ? format(mean.Value) : "";
    }

    private static string Shortest(VariantResult variant, Func<Measurement, double?> time)
    {
        return variant.Shortest(time) is { } shortest ? NumberText.Seconds(shortest) : "";
    }

    private static string Forgetting(VariantResult variant)
    {
        var (before, after) = (variant.Mean(measurement => measurement.Forgetting?.Before), variant.Mean(measurement => measurement.Forgetting?.After));
        return before is null || after is null ? "" : Text($"{before.Value.Value:F3} → {after.Value.Value:F3}");
    }

    private static string Difference(VariantResult variant, VariantResult first)
    {
        return variant != first && variant.DifferenceFrom(first) is { } difference
            ? Text($"{difference.Value:+0.000;-0.000;0.000} [{difference.Low:+0.000;-0.000;0.000}, {difference.High:+0.000;-0.000;0.000}]")
            : "";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void AddRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private sealed record Column(string Name, Func<VariantResult, string> Text);
}
