using System.Globalization;
using LoraGen.Benchmarks.Measuring;

namespace LoraGen.Benchmarks.Loading;

/// <summary>
/// A safetensors file of 1 GB, copied and mapped. Each load runs in a process of its own, since a peak of memory stays with its process: this benchmark again,
/// told what to load and how.
/// </summary>
internal static class LoadBenchmark
{
    private const int Rounds = 7;

    private static readonly (Load Load, string What)[] Loads =
    [
        (Load.Read, "read 1 GB, 64 tensors"),
        (Load.ReadAndSum, "the same, and sum each"),
        (Load.IntoModel, "LoadCheckpoint of 1 GB into 64 layers"),
    ];

    public static void Run()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("load runs on Linux alone, where /proc tells a process's peak of memory.");

        var folder = Directory.CreateTempSubdirectory("loragen-load-").FullName;
        try
        {
            var path = Path.Combine(folder, "model.safetensors");
            LoadedProcess.Write(path);
            Table.Print([["what", "map: false", "mapped"], .. Loads.SelectMany(load => Compare(load.Load, load.What, path))]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string[]> Compare(Load load, string what, string path)
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (Copied: Start(load, map: false, path), Mapped: Start(load, map: true, path))).ToArray();
        yield return Line("time", cost => cost.Milliseconds, "ms");
        yield return Line("peak memory", cost => cost.Peak / (1 << 20), "MB");
        yield return Line("memory of its own at the end", cost => cost.Anonymous / (1 << 20), "MB");

        string[] Line(string measured, Func<LoadCost, double> of, string unit)
        {
            return [$"{what}: {measured}", Text(rounds.Select(round => of(round.Copied))), Text(rounds.Select(round => of(round.Mapped)))];

            string Text(IEnumerable<double> values) => string.Create(CultureInfo.InvariantCulture, $"{values.Order().ElementAt(Rounds / 2):0.#} {unit}");
        }
    }

    private static LoadCost Start(Load load, bool map, string path)
    {
        return LoadCost.Parse(OwnProcess.Run(["--load", load.ToString(), map.ToString(), path]));
    }
}
