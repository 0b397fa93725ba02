using System.Globalization;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>A large file passes through in the memory of one of its tensors.</summary>
public sealed class PeakMemoryTests : IDisposable
{
    private const int Tensors = 4;
    private const long TensorBytes = 32 << 20;
    private const long Slack = 16 << 20;
    private const long MostManaged = 1 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _columns = ones(2048, 4096, dtype: ScalarType.Float32).t();

    private string Model => _folder["model.safetensors"];

    public void Dispose()
    {
        _columns.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Writing_copies_one_tensor_at_a_time()
    {
        Write();
        ExpectPeak(Write);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Loading_takes_one_tensor_at_a_time(bool map)
    {
        Write();
        var layers = Enumerable.Range(0, Tensors).Select(i => ($"{i}", (nn.Module<Tensor, Tensor>)nn.Linear(2048, 4096, hasBias: false)));
        using var model = nn.Sequential([.. layers]);
        using var checkpoint = SafetensorsCheckpoint.Open(Model, map);
        var mapping = new CheckpointMapping { Renames = [.. Enumerable.Range(0, Tensors).Select(i => KeyValuePair.Create($"{i}", $"{i}.weight"))] };
        ExpectPeak(() => model.LoadCheckpoint(checkpoint, mapping));
    }

    [Fact]
    public void Reading_mapped_tensors_takes_no_memory()
    {
        Write();
        using var file = SafetensorsFile.Open(Model);
        using var scope = NewDisposeScope();
        ExpectPeak(() => Assert.Equal(Tensors, file.Tensors.Select(tensor => file.Read(tensor.Name)).ToList().Count));
    }

    [Fact]
    public void Reading_takes_one_tensor_at_a_time()
    {
        Write();
        using var file = SafetensorsFile.Open(Model, map: false);
        file.Read("0").Dispose();
        ExpectPeak(() =>
        {
            foreach (var tensor in file.Tensors)
                file.Read(tensor.Name).Dispose();
        });
    }

    private static void ExpectPeak(Action action)
    {
        GC.Collect();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        // Resets the peak to what is there now.
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Resident("VmRSS");
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, MostManaged);
        // Linux counts resident pages per processor and adds them up late: the growth may read a little below zero.
        var growth = Resident("VmHWM") - before;
        Assert.True(growth <= TensorBytes + Slack, $"The process grew by {growth:N0} bytes, the limit is {TensorBytes + Slack:N0}.");
    }

    // Elsewhere than on Linux only the managed memory is held against its bound.
    private static long Resident(string what)
    {
        if (!OperatingSystem.IsLinux())
            return 0;

        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(what, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private void Write() => SafetensorsWriter.Write(Model, Enumerable.Range(0, Tensors).Select(i => KeyValuePair.Create($"{i}", _columns)));
}
