using System.Globalization;

namespace LoraGen.Training.Reporting;

/// <summary>The numbers of a state as people read them.</summary>
internal static class StateText
{
    public static string Step(TrainingState state) => Text($"{state.Step}{(state.Steps is { } steps ? $"/{steps}" : "")}");

    public static string Loss(TrainingState state)
    {
        return Text($"loss {state.Loss:F4}{(state.Evaluation is { } evaluated ? Text($", evaluation {evaluated.Loss:F4}{Metrics(evaluated)}") : "")}")
            + (state.IsSkipped ? ", skipped" : "");
    }

    public static string Rate(TrainingState state) => Text($"lr {state.LearningRate:G3}");

    public static string Speed(TrainingState state, string unit) => Text($"{state.CountPerSecond:N0} {unit}/s");

    public static string Memory(TrainingState state) => Text($"{state.MemoryBytes / 1e9:F2} GB");

    public static string Remaining(TrainingState state) => state.Remaining is { } left ? $"{Clock(left)} left" : $"{Clock(state.Elapsed)} so far";

    private static string Metrics(Evaluated evaluated) => string.Concat(evaluated.Metrics.Select(metric => Text($", {metric.Key} {metric.Value:F4}")));

    private static string Clock(TimeSpan time) => Text($"{(long)time.TotalHours}:{time.Minutes:D2}:{time.Seconds:D2}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
