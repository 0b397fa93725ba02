using LoraGen.Training.Reporting;
using Spectre.Console;

namespace LoraGen.Training;

/// <summary>
/// Shows a training on the console: a progress bar with the loss, the learning rate, the speed, the memory and the time left, and a line for each evaluation,
/// checkpoint and warning. Where the output is no terminal, plain lines are written.
/// </summary>
/// <remarks>Dispose it after the training; until then nothing else should write to the console.</remarks>
public sealed class ConsoleReport : IProgress<TrainingState>, IDisposable
{
    private readonly IAnsiConsole _console;
    private readonly string _unit;
    private readonly ProgressBar? _bar;
    private readonly long _every;

    /// <summary>Creates a report.</summary>
    /// <param name="unit">What <see cref="TrainingState.Count"/> counts.</param>
    /// <param name="every">
    /// The number of steps between two plain lines, at least 1. Steps with an evaluation, a checkpoint or a warning always have one.
    /// </param>
    /// <param name="console">Where it is shown; null for the console of the process.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is less than 1.</exception>
    public ConsoleReport(string unit = "tokens", long every = 10, IAnsiConsole? console = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        (_unit, _every, _console) = (unit, every, console ?? AnsiConsole.Console);
        if (_console.Profile.Capabilities is { Interactive: true, Ansi: true })
            _bar = new ProgressBar(_console);
    }

    /// <inheritdoc/>
    public void Report(TrainingState value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var line = string.Join(
            "  ",
            StateText.Step(value),
            StateText.Loss(value),
            StateText.Rate(value),
            StateText.Speed(value, _unit),
            StateText.Memory(value),
            StateText.Remaining(value));
        if (_bar is not null)
            _bar.Show(value, line);
        if (value.Evaluation is not null || (_bar is null && (value.Step == 1 || value.Step % _every == 0 || value.Step == value.Steps)))
            Write(line);
        if (value.Checkpoint is { } checkpoint)
            Write($"checkpoint {checkpoint}");
        foreach (var warning in value.Warnings)
            Write($"warning: {warning}");
    }

    /// <summary>Ends the progress bar.</summary>
    public void Dispose() => _bar?.Dispose();

    // A terminal's width must not break lines that are read by programs.
    private void Write(string line)
    {
        if (_bar is null)
            _console.Profile.Out.Writer.WriteLine(line);
        else
            _console.MarkupLineInterpolated($"{line}");
    }
}
