using System.Diagnostics;
using System.Globalization;

namespace LoraGen.Benchmarks.Measuring;

/// <summary>This program once more, since a peak of memory stays with its process.</summary>
internal static class OwnProcess
{
    /// <summary>Runs it and returns the last line that it prints.</summary>
    public static string Run(IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.TrimEnd().Split('\n')[^1]
            : throw new InvalidOperationException($"The process of {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
    }

    /// <summary>Sets the peak of memory so far back to what is there now.</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>A line of /proc/self/status, such as <c>VmHWM:</c>, in bytes.</summary>
    public static long Resident(string what)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(what, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
