using System.Diagnostics;

namespace Package.Tests.Support;

/// <summary>A process that is run to its end.</summary>
internal static class Command
{
    /// <summary>Runs a command of the .NET CLI that must succeed, and gives what it wrote.</summary>
    public static async Task<string> Dotnet(string folder, params string[] arguments)
    {
        var (exitCode, output) = await Run(folder, "dotnet", arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    public static async Task<(int ExitCode, string Output)> Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(Start(folder, program, arguments)) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>How a process is started, with its output redirected.</summary>
    public static ProcessStartInfo Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        LeaveTheTestRunBehind(start.Environment);
        start.Environment["NuGetAudit"] = "false"; // What the network says about old packages is no warning of ours.
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major"; // Programs for .NET 8 are tested on the runtime that is here.
        return start;
    }

    /// <summary>What `dotnet test` sets for its own children; and no build server, which would keep the output pipe open and the generator loaded.</summary>
    private static void LeaveTheTestRunBehind(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            environment.Remove(name);
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
    }
}
