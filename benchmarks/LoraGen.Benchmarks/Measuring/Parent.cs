using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LoraGen.Benchmarks.Measuring;

/// <summary>
/// Measures comparisons in processes of their own. Each comparison has had its first process before any has its second, so that all of them meet whatever
/// else the machine does, and so that a budget that ends early leaves all of them something.
/// </summary>
internal static class Parent
{
    private const int Processes = 5;

    /// <param name="comparisons">What to measure.</param>
    /// <param name="budget">After this time no process is started, and the one that runs ends after its round.</param>
    public static IReadOnlyList<Sample> Gather(IReadOnlyList<Comparison> comparisons, TimeSpan budget)
    {
        var clock = Stopwatch.StartNew();
        var samples = comparisons.Select(comparison => new Sample(comparison)).ToArray();
        for (var process = 1; process <= Processes; process++)
        {
            foreach (var sample in samples)
            {
                var left = budget - clock.Elapsed;
                if (left <= TimeSpan.Zero)
                    return samples;
                var seconds = clock.Elapsed.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture).PadLeft(4);
                Console.Error.WriteLine($"{seconds} s  process {process} of {Processes}: {sample.Comparison.Name}");
                Measure(sample, process, left);
            }
        }

        return samples;
    }

    private static void Measure(Sample sample, int seed, TimeSpan budget)
    {
        using var child = Process.Start(Command(sample.Comparison.Name, seed, budget))!;
        IReadOnlyList<VariantCost> costs = [];
        var rounds = new List<double[]>();
        while (child.StandardOutput.ReadLine() is { } line)
        {
            if (costs.Count == 0)
                costs = JsonSerializer.Deserialize<VariantCost[]>(line)!;
            else
                rounds.Add(JsonSerializer.Deserialize<double[]>(line)!);
        }

        child.WaitForExit();
        if (child.ExitCode != 0)
            throw new InvalidOperationException($"{sample.Comparison.Name}: its process ended with code {child.ExitCode}; its errors are above.");
        sample.Add(costs, rounds);
    }

    // This program once more: by its host where there is one, by itself where it was published self-contained.
    private static ProcessStartInfo Command(string name, int seed, TimeSpan budget)
    {
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(Parent).Assembly.Location] : [];
        string[] arguments = ["--child", name, seed.ToString(CultureInfo.InvariantCulture), budget.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture)];
        return new ProcessStartInfo(program, [.. host, .. arguments]) { RedirectStandardOutput = true };
    }
}
