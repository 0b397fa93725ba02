using System.Diagnostics;

namespace LoraGen.Training.Loop;

/// <summary>What the process uses.</summary>
internal sealed class ResourceMeter : IDisposable
{
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private (TimeSpan Wall, TimeSpan Processor) _last;

    public ResourceMeter() => _last = (TimeSpan.Zero, _process.TotalProcessorTime);

    public TimeSpan Elapsed => _clock.Elapsed;

    public static long MemoryBytes => Environment.WorkingSet;

    /// <summary>The share of all cores that was used since the last call.</summary>
    public double Processor()
    {
        _process.Refresh();
        var now = (Wall: _clock.Elapsed, Processor: _process.TotalProcessorTime);
        var (wall, used) = (now.Wall - _last.Wall, now.Processor - _last.Processor);
        _last = now;
        return wall <= TimeSpan.Zero ? 0 : Math.Clamp(used / wall / Environment.ProcessorCount, 0, 1);
    }

    public void Dispose() => _process.Dispose();
}
