using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Measuring;

/// <summary>What numbers depend on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        string[] facts =
        [
            $"{Environment.ProcessorCount} cores",
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            $"torch as {typeof(Tensor).Assembly.GetName().Name}, {get_num_threads()} threads",
            $"Roslyn {typeof(Microsoft.CodeAnalysis.SyntaxNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}",
            $"OMP_WAIT_POLICY={Environment.GetEnvironmentVariable("OMP_WAIT_POLICY")}",
        ];
        return string.Join("; ", facts);
    }
}
