using System.Globalization;
using System.Runtime.InteropServices;
using LoraGen.Benchmarks.Torch;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Measuring;

/// <summary>What numbers depend on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        string[] facts =
        [
            $"{Environment.ProcessorCount} cores{Load()}",
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            $"TorchSharp {typeof(Tensor).Assembly.GetName().Version?.ToString(3)} for libtorch {__version__}, {get_num_threads()} threads",
            $"OMP_WAIT_POLICY={Environment.GetEnvironmentVariable("OMP_WAIT_POLICY")}",
            $"device {BenchmarkDevice.Device}",
        ];
        return string.Join("; ", facts);
    }

    private static string Load()
    {
        const string file = "/proc/loadavg";
        return File.Exists(file) ? string.Create(CultureInfo.InvariantCulture, $", load {File.ReadAllText(file).Split(' ')[0]}") : string.Empty;
    }
}
