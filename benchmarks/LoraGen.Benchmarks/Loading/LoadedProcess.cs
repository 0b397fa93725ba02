using System.Diagnostics;
using LoraGen.Benchmarks.Measuring;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Loading;

/// <summary>Writes the file, and loads it once, in a process that does nothing else.</summary>
internal static class LoadedProcess
{
    private const int Tensors = 64;
    private const long Width = 2048;

    /// <summary>The file, and a small one beside it.</summary>
    public static void Write(string path)
    {
        Write(path, Tensors, Width);
        Write(Small(path), 1, 1);
    }

    /// <param name="order">What to load, whether to map, and the path.</param>
    public static LoadCost Measure(string[] order)
    {
        var (load, map, path) = (Enum.Parse<Load>(order[0]), bool.Parse(order[1]), order[2]);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var action = Prepare(load, map, path, Tensors, Width);

        // What it takes to compile the code and to start the libraries is not asked for.
        Prepare(load, map, Small(path), 1, 1)();

        OwnProcess.ForgetPeak();
        var (before, anonymous) = (OwnProcess.Resident("VmRSS:"), OwnProcess.Resident("RssAnon:"));
        var start = Stopwatch.GetTimestamp();
        action();
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new LoadCost(time, OwnProcess.Resident("VmHWM:") - before, OwnProcess.Resident("RssAnon:") - anonymous);
    }

    private static void Write(string path, int tensors, long width)
    {
        using var scope = NewDisposeScope();
        var weight = rand([width, width], dtype: ScalarType.Float32);
        SafetensorsWriter.Write(path, Enumerable.Range(0, tensors).Select(i => KeyValuePair.Create($"{i}.weight", weight)));
    }

    private static string Small(string path) => path + ".small";

    private static Action Prepare(Load load, bool map, string path, int tensors, long width)
    {
        return load switch
        {
            Load.Read => () => Read(path, map),
            Load.ReadAndSum => () => Sum(Read(path, map)),
            Load.IntoModel => IntoModel(path, map, tensors, width),
            _ => throw new ArgumentOutOfRangeException(nameof(load), load, null),
        };
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

    private static Action IntoModel(string path, bool map, int tensors, long width)
    {
        var layers = Enumerable.Range(0, tensors).Select(i => ($"{i}", (nn.Module<Tensor, Tensor>)nn.Linear(width, width, hasBias: false)));
        var model = nn.Sequential([.. layers]);
        return () =>
        {
            using var checkpoint = SafetensorsCheckpoint.Open(path, map);
            model.LoadCheckpoint(checkpoint);
        };
    }
}
