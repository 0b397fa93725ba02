using System.Diagnostics;
using System.Text.Json;
using TorchSharp;

namespace LoraGen.Benchmarks.Measuring;

/// <summary>
/// Measures one comparison in this process and writes JSON lines: first each variant's cost, then the milliseconds of each round, in the order of the variants.
/// </summary>
internal static class Child
{
    private const int Rounds = 40;
    private const int WarmUp = 5;

    public static void Measure(Comparison comparison, int seed, double seconds, TextWriter output)
    {
        var start = Stopwatch.GetTimestamp();
        var variants = comparison.Prepare();
        var random = new Random(seed);
        var order = Enumerable.Range(0, variants.Count).ToArray();
        for (var round = 0; round < WarmUp; round++)
            Round();
        Write(variants.Select(Cost).ToArray());
        for (var round = 0; round < Rounds && Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
            Write(Round());

        // In an order of its own each round, so that no variant always follows the same one.
        double[] Round()
        {
            var times = new double[variants.Count];
            random.Shuffle(order);
            foreach (var which in order)
                times[which] = Time(variants[which]);
            return times;
        }

        void Write<T>(T line)
        {
            output.WriteLine(JsonSerializer.Serialize(line));
            output.Flush();
        }
    }

    private static double Time(Variant variant)
    {
        variant.Before?.Invoke();
        var start = Stopwatch.GetTimestamp();
        variant.Run();
        var time = Stopwatch.GetElapsedTime(start);
        variant.After?.Invoke();
        return time.TotalMilliseconds;
    }

    private static VariantCost Cost(Variant variant)
    {
        variant.Before?.Invoke();
        var (tensors, bytes) = (Tensors(), GC.GetAllocatedBytesForCurrentThread());
        variant.Run();
        var cost = new VariantCost(variant.Name, Tensors() - tensors, GC.GetAllocatedBytesForCurrentThread() - bytes);
        variant.After?.Invoke();
        return cost;
    }

    private static long Tensors()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        return statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount;
    }
}
