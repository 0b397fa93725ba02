using System.Globalization;

namespace LoraGen.Training.Registry;

/// <summary>The difference of two versions as a text.</summary>
internal static class VersionDifference
{
    public static string Text(TrainedVersion first, TrainedVersion second)
    {
        string[] lines =
        [
            $"{first.Name} → {second.Name}",
            .. Names(first.Configuration, second.Configuration).Select(name => Configuration(name, first, second)).OfType<string>(),
            $"data: {Hash(first.DataHash, second.DataHash)}",
            $"base model: {Hash(first.BaseHash, second.BaseHash)}",
            .. Names(first.Metrics, second.Metrics).Select(name => Metric(name, first.Metrics, second.Metrics)),
        ];
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Names<T>(IReadOnlyDictionary<string, T> first, IReadOnlyDictionary<string, T> second)
    {
        return first.Keys.Union(second.Keys).Order(StringComparer.Ordinal);
    }

    // What is equal isn't listed.
    private static string? Configuration(string name, TrainedVersion first, TrainedVersion second)
    {
        var (one, other) = (first.Configuration.GetValueOrDefault(name), second.Configuration.GetValueOrDefault(name));
        return one == other ? null : $"{name}: {one ?? "absent"} → {other ?? "absent"}";
    }

    private static string Hash(string? first, string? second)
    {
        if (first is null || second is null)
            return "not known of both";
        return first.Equals(second, StringComparison.OrdinalIgnoreCase) ? "the same" : $"{first} → {second}";
    }

    private static string Metric(string name, IReadOnlyDictionary<string, double> first, IReadOnlyDictionary<string, double> second)
    {
        if (!first.TryGetValue(name, out var one) || !second.TryGetValue(name, out var other))
            return $"{name}: {Number(first, name)} → {Number(second, name)}";

        var share = one == 0 ? "" : Text($", {(other - one) / Math.Abs(one) * 100:+0.0;-0.0;0.0} %");
        return Text($"{name}: {one:#,0.######} → {other:#,0.######} ({other - one:+#,0.######;-#,0.######;0}{share})");
    }

    private static string Number(IReadOnlyDictionary<string, double> metrics, string name)
    {
        return metrics.TryGetValue(name, out var value) ? Text($"{value:#,0.######}") : "absent";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
