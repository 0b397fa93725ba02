using System.Diagnostics;

namespace LoraGen.Training.Comparison;

/// <summary>Measures how long a call takes.</summary>
public static class Latency
{
    /// <summary>The median time of a call in seconds.</summary>
    /// <param name="call">The call, such as an inference of one text: the model in evaluation mode, without gradients, its tensors disposed.</param>
    /// <param name="calls">The number of measured calls; 30 by default.</param>
    /// <param name="warmup">The number of calls before, which aren't measured; 5 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of calls is out of its range.</exception>
    public static double Measure(Action call, int calls = 30, int warmup = 5)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(warmup);
        for (var i = 0; i < warmup; i++)
            call();
        return Median([.. Enumerable.Range(0, calls).Select(_ => Seconds(call))]);
    }

    internal static double Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            throw new InvalidOperationException("Nothing was measured.");
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Seconds(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        call();
        return (double)(Stopwatch.GetTimestamp() - start) / Stopwatch.Frequency;
    }
}
