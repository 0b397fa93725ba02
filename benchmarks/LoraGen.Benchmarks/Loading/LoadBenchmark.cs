using System.Diagnostics;
using LoraGen.Benchmarks.Measuring;

namespace LoraGen.Benchmarks.Loading;

/// <summary>
/// A safetensors file of 1 GB, copied and mapped. Each load runs in a process of its own, since a peak of memory stays with its process: this benchmark again,
/// with an environment variable that says what to load and how.
/// </summary>
internal static class LoadBenchmark
{
    private const string Order = "LORAGEN_LOAD";
    private const int Rounds = 7;

    private static readonly (Load Load, string What)[] Loads =
    [
        (Load.Read, "read 1 GB, 64 tensors"),
        (Load.ReadAndSum, "the same, and sum each"),
        (Load.IntoModel, "LoadCheckpoint of 1 GB into 64 layers"),
    ];

    public static IEnumerable<Row> Run()
    {
        if (Environment.GetEnvironmentVariable(Order)?.Split(' ', 3) is [var load, var map, var path])
        {
            Console.WriteLine(LoadedProcess.Measure(Enum.Parse<Load>(load), bool.Parse(map), path));
            Environment.Exit(0);
        }

        return OperatingSystem.IsLinux() ? Compare() : [new Row("load: on Linux alone, where /proc tells a process's peak", "", "", "", "")];
    }

    private static IEnumerable<Row> Compare()
    {
        var folder = Directory.CreateTempSubdirectory("loragen-load-").FullName;
        try
        {
            var path = Path.Combine(folder, "model.safetensors");
            LoadedProcess.Write(path);
            foreach (var (load, what) in Loads)
            {
                var (copied, mapped) = (new List<LoadCost>(), new List<LoadCost>());
                for (var round = 0; round < Rounds; round++)
                {
                    copied.Add(Start(load, map: false, path));
                    mapped.Add(Start(load, map: true, path));
                }

                yield return Row.Compare($"{what}: time", Series(copied, cost => cost.Milliseconds), Series(mapped, cost => cost.Milliseconds));
                yield return Memory($"{what}: peak memory", copied, mapped, cost => cost.Peak);
                yield return Memory($"{what}: memory of its own at the end", copied, mapped, cost => cost.Anonymous);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Row Memory(string what, List<LoadCost> copied, List<LoadCost> mapped, Func<LoadCost, double> of)
    {
        return new Row(what, Text(Series(copied, of)), Text(Series(mapped, of)), string.Empty, string.Empty);

        static string Text(Series bytes) => Row.Text($"{bytes.Median / (1 << 20):F0} MB");
    }

    private static Series Series(List<LoadCost> costs, Func<LoadCost, double> of) => new([.. costs.Select(of)]);

    private static LoadCost Start(Load load, bool map, string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            Environment = { [Order] = $"{load} {map} {path}" },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(LoadBenchmark).Assembly.Location);
        start.ArgumentList.Add("load");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? LoadCost.Parse(output.TrimEnd().Split('\n')[^1])
            : throw new InvalidOperationException($"The process that loads ({load}, map: {map}) ended with code {process.ExitCode}.");
    }
}
