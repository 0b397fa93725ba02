using System.Diagnostics;
using Spectre.Console;

namespace QuickStart;

/// <summary>What is printed, and whether every claim held.</summary>
internal sealed class Report
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public Report()
    {
        // By default Spectre.Console writes colour codes into files and pipes too.
        if (Console.IsOutputRedirected)
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No });
    }

    /// <summary>0, or 1 once a claim has failed.</summary>
    public int ExitCode { get; private set; }

    public static void Losses(IEnumerable<Observation> observations)
    {
        var table = new Table().AddColumn("held-out loss").AddColumn("on prose").AddColumn("on C#");
        foreach (var seen in observations)
            table.AddRow(seen.State, $"{seen.ProseLoss:F4}", $"{seen.CodeLoss:F4}");
        AnsiConsole.Write(table);
    }

    public static void Title(string text) => AnsiConsole.Write(new Rule(Markup.Escape(text)).LeftJustified());

    public static void Sample(string title, string text)
    {
        Title(title);
        AnsiConsole.WriteLine(string.Concat(text.Where(c => c == '\n' || !char.IsControl(c))).TrimEnd());
    }

    public void Check(string claim, bool holds)
    {
        AnsiConsole.MarkupLine($"{(holds ? "[green]ok[/]    " : "[red]FAILED[/]")} {Markup.Escape(claim)}");
        if (!holds)
            ExitCode = 1;
    }

    public void Cost()
    {
        using var process = Process.GetCurrentProcess();
        var (peak, managed) = (Megabytes(process.PeakWorkingSet64), Megabytes(GC.GetTotalMemory(forceFullCollection: false)));
        AnsiConsole.WriteLine($"{_clock.Elapsed.TotalSeconds:F1} s; memory at its peak {peak}, managed now {managed}");
    }

    private static string Megabytes(long bytes) => $"{bytes / 1048576.0:F0} MB";
}
