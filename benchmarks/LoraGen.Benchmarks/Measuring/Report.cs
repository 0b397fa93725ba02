using System.Globalization;

namespace LoraGen.Benchmarks.Measuring;

/// <summary>The table of what was measured: a line for each variant.</summary>
internal static class Report
{
    private static readonly string[] Head = ["what", "variant", "time", "ratio to the first", "minus the last", "tensors", "bytes", "rounds"];

    public static void Print(IReadOnlyList<Sample> samples) => Table.Print([Head, .. samples.SelectMany(Lines)]);

    private static IEnumerable<string[]> Lines(Sample sample)
    {
        var comparison = sample.Comparison;
        if (sample.Rounds == 0)
            yield return [comparison.What, "not measured: the budget ended before", "", "", "", "", "", "0"];
        var last = sample.Costs.Count - 1;
        foreach (var (i, cost) in sample.Costs.Index())
        {
            yield return
            [
                i == 0 ? comparison.What : "",
                cost.Name,
                Time(sample.Of(times => times[i]).Median),
                i == 0 ? "" : Text(sample.Of(times => times[i] / times[0]), "F3"),
                i == 0 || i == last ? "" : Text(sample.Of(times => (times[i] - times[last]) / times[0]), "+0.000;-0.000"),
                Text((double)cost.Tensors / comparison.Units, "0.#"),
                Text((double)cost.Bytes / comparison.Units, "F0"),
                i == 0 ? Text(sample.Rounds, "F0") + " in " + Text(sample.Processes, "F0") : "",
            ];
        }
    }

    private static string Time(double milliseconds)
    {
        return milliseconds switch
        {
            < 0.1 => Text(milliseconds * 1e3, "F1") + " µs",
            < 10 => Text(milliseconds, "F2") + " ms",
            _ => Text(milliseconds, "F1") + " ms",
        };
    }

    private static string Text(Interval interval, string format)
    {
        return $"{Text(interval.Median, format)} [{Text(interval.Low, format)}, {Text(interval.High, format)}]";
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
