using System.Diagnostics;

namespace LoraGen.Training.Comparison;

/// <summary>The peak of the memory of this process, as the operating system counts it. Memory of other devices isn't in it.</summary>
public static class PeakMemory
{
    /// <summary>The peak in bytes; null where the system doesn't count it.</summary>
    public static long? Bytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 is > 0 and var bytes ? bytes : null;
        }
    }

    /// <summary>
    /// Collects garbage and, on Linux, begins the peak again with the memory that is in use now, so that it is that of a training and not of what was loaded
    /// before. On other systems the peak stays that of the whole process.
    /// </summary>
    public static void Restart()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
            return;

        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A sandbox may forbid it.
        }
    }
}
