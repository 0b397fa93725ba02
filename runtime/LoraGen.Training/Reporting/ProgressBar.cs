using Spectre.Console;

namespace LoraGen.Training.Reporting;

/// <summary>A progress bar that is shown until it is disposed.</summary>
internal sealed class ProgressBar : IDisposable
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProgressTask> _start = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _shown;

    public ProgressBar(IAnsiConsole console)
    {
        _shown = console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                _start.SetResult(context.AddTask("…"));
                await _end.Task.ConfigureAwait(false);
            });
    }

    public void Show(TrainingState state, string text)
    {
        var task = _start.Task.GetAwaiter().GetResult();
        task.Description = Markup.Escape(text);
        task.IsIndeterminate = state.Steps is null;
        if (state.Steps is { } steps)
            task.MaxValue(steps).Value(state.Step);
    }

    public void Dispose()
    {
        _end.TrySetResult();
        _shown.GetAwaiter().GetResult();
    }
}
