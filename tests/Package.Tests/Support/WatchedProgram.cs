using System.Diagnostics;
using System.Text;

namespace Package.Tests.Support;

/// <summary>A program that `dotnet watch` runs and updates when its files change.</summary>
internal sealed class WatchedProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _watch;
    private readonly StringBuilder _written = new();

    public WatchedProgram(string folder)
    {
        var start = Command.Start(folder, "dotnet", "watch", "--non-interactive", "run");
        start.Environment["DOTNET_WATCH_SUPPRESS_EMOJIS"] = "1";
        _watch = Process.Start(start) ?? throw new InvalidOperationException("dotnet watch did not start.");
        _watch.OutputDataReceived += (_, line) => Note(line.Data);
        _watch.ErrorDataReceived += (_, line) => Note(line.Data);
        _watch.BeginOutputReadLine();
        _watch.BeginErrorReadLine();
    }

    /// <summary>Waits for a line of the program with the given beginning, and returns the rest of it.</summary>
    public async Task<string> Line(string beginning)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(100))
        {
            if (Lines().LastOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } line)
                return line[beginning.Length..];
        }

        throw new TimeoutException($"No line begins with \"{beginning}\":\n{string.Join('\n', Lines())}");
    }

    public void Dispose()
    {
        _watch.Kill(entireProcessTree: true);
        _watch.WaitForExit();
        _watch.Dispose();
    }

    private void Note(string? line)
    {
        lock (_written)
            _written.AppendLine(line);
    }

    private string[] Lines()
    {
        lock (_written)
            return _written.ToString().Split('\n');
    }
}
