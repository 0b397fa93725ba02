using System.Globalization;
using LoraGen.Benchmarks.Measuring;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Loading;

/// <summary>Writes the file, and loads it once, in a process that has done nothing else.</summary>
internal static class LoadedProcess
{
    private const int Tensors = 64;
    private const long Width = 2048;

    public static void Write(string path)
    {
        using var scope = NewDisposeScope();
        var weight = rand([Width, Width], dtype: ScalarType.Float32);
        SafetensorsWriter.Write(path, Enumerable.Range(0, Tensors).Select(i => KeyValuePair.Create($"{i}.weight", weight)));
    }

    public static LoadCost Measure(Load load, bool map, string path)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Action action = load switch
        {
            Load.Read => () => Read(path, map),
            Load.ReadAndSum => () => Sum(Read(path, map)),
            Load.IntoModel => IntoModel(path, map),
            _ => throw new ArgumentOutOfRangeException(nameof(load), load, null),
        };

        // The peak so far is set back to what is there now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        var (before, anonymous) = (Resident("VmRSS:"), Resident("RssAnon:"));
        var time = Stopwatches.Time(action);
        return new LoadCost(time, Resident("VmHWM:") - before, Resident("RssAnon:") - anonymous);
    }

    private static List<Tensor> Read(string path, bool map)
    {
        using var file = SafetensorsFile.Open(path, map);
        return [.. file.Tensors.Select(tensor => file.Read(tensor.Name))];
    }

    private static void Sum(List<Tensor> tensors)
    {
        foreach (var tensor in tensors)
            tensor.sum().Dispose();
    }

    private static Action IntoModel(string path, bool map)
    {
        var layers = Enumerable.Range(0, Tensors).Select(i => ($"{i}", (nn.Module<Tensor, Tensor>)nn.Linear(Width, Width, hasBias: false)));
        var model = nn.Sequential([.. layers]);
        return () =>
        {
            using var checkpoint = SafetensorsCheckpoint.Open(path, map);
            model.LoadCheckpoint(checkpoint);
        };
    }

    private static long Resident(string what)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(what, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
