using System.Diagnostics;
using System.Reflection;
using LoraGen.Training.Reporting;

namespace LoraGen.Training.Comparison;

/// <summary>Runs in processes of their own.</summary>
internal sealed class RunProcess(RunFolder folder, Func<IReadOnlyList<string>, ProcessStartInfo>? program)
{
    public const string Argument = "--compared-run";

    private const string Request = "run.json";
    private const string Result = "measurement.json";
    private const int KeptLines = 20;

    /// <summary>Runs a process, and stores what it measured or why it failed.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the process was killed, and nothing was stored.</exception>
    public async Task<FinishedRun> RunAsync(ComparedRun run, CancellationToken cancellation)
    {
        var work = folder.CreateWork(run);
        try
        {
            JsonFiles.Write(Path.Combine(work, Request), run with { Folder = Directory.CreateDirectory(Path.Combine(work, "files")).FullName });
            var start = Stopwatch.GetTimestamp();
            var error = await StartAsync(Path.Combine(work, Request), folder.Log(run), cancellation).ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var measurement = error is null ? JsonFiles.Read<Measurement>(Path.Combine(work, Result)) : null;
            var finished = new FinishedRun(run, FinishedRun.ThisMachine, seconds, measurement, error);
            folder.Write(finished);
            return finished;
        }
        finally
        {
            RunFolder.DeleteWork(work);
        }
    }

    /// <summary>Reads, in the process of a run, what is to be run.</summary>
    public static ComparedRun ReadRequest(string path) => JsonFiles.Read<ComparedRun>(path);

    /// <summary>Stores, in the process of a run, what was measured.</summary>
    public static void WriteResult(string request, Measurement measurement)
    {
        JsonFiles.Write(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(request))!, Result), measurement);
    }

    /// <returns>Null if the process was successful; otherwise its exit code and its last errors.</returns>
    private async Task<string?> StartAsync(string request, string log, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = (program ?? ThisProgram)([Argument, request]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var errors = new Queue<string>();
        using var writer = TextWriter.Synchronized(new StreamWriter(log, append: false) { AutoFlush = true });
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"\"{start.FileName}\" did not start.");
        process.OutputDataReceived += (_, line) => writer.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => AddError(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        // Ctrl-C in a terminal ends the process too.
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0 ? null : $"{string.Join('\n', errors)}\nThe process ended with exit code {process.ExitCode}.".TrimStart();

        void AddError(string? line)
        {
            writer.WriteLine(line);
            if (string.IsNullOrWhiteSpace(line))
                return;

            errors.Enqueue(line);
            if (errors.Count > KeptLines)
                errors.Dequeue();
        }
    }

    // By its host where there is one.
    private static ProcessStartInfo ThisProgram(IReadOnlyList<string> arguments)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program isn't known. Set Program.");
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];
        return new ProcessStartInfo(program, [.. host, .. arguments]);
    }
}
