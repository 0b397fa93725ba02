using System.Diagnostics;
using System.Reflection;

namespace Samples.Tests;

/// <summary>A sample as a user runs it: a process, its output and its exit code.</summary>
internal static class SampleProgram
{
    private static readonly Dictionary<string, string?> Metadata = typeof(SampleProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value);

    public static string Folder(string name) => Path.Combine(Metadata["Samples"]!, name);

    public static Task<(int ExitCode, string Output)> Run(string name, params string[] arguments)
    {
        return Dotnet([Path.Combine(Folder(name), Metadata["SamplesOutput"]!, name + ".dll"), .. arguments]);
    }

    /// <summary>Rebuilds the project, so that every warning is shown, without a build server that would outlive the test.</summary>
    public static Task<(int ExitCode, string Output)> Build(string name)
    {
        return Dotnet([
            "build", Folder(name), "--nologo", "--no-incremental", "--configuration", Metadata["Configuration"]!, "-nodeReuse:false",
            "-p:UseSharedCompilation=false", "-p:BuildProjectReferences=false"]);
    }

    private static async Task<(int ExitCode, string Output)> Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        foreach (var variable in start.Environment.Keys.Where(variable => variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(variable); // Those of `dotnet test` itself.

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"dotnet {arguments[0]} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
