using System.Diagnostics;
using System.Reflection;

namespace Samples.Tests;

/// <summary>A sample as a user runs it: a process, its output and its exit code.</summary>
internal static class SampleProgram
{
    private static readonly Dictionary<string, string?> Metadata = typeof(SampleProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value);

    public static async Task<(int ExitCode, string Output)> Run(string name)
    {
        var program = Path.Combine(Metadata["Samples"]!, name, Metadata["SamplesOutput"]!, name + ".dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OMP_WAIT_POLICY"] = "PASSIVE", ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
