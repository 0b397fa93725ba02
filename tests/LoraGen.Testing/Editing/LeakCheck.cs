using System.Runtime.CompilerServices;

namespace LoraGen.Testing;

/// <summary>A driver releases the project of the previous run. Otherwise the IDE's memory would grow with each keystroke.</summary>
public static class LeakCheck
{
    private const int Collections = 10;

    /// <summary>Fails when, after an edit of each file, the driver still holds the compilation from before.</summary>
    public static void AssertOldProjectIsCollected(GeneratorRun run)
    {
        var (current, old) = MoveOn(run);
        for (var i = 0; i < Collections && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        if (old.IsAlive)
            throw new HarnessException("The compilation from before the edit is still alive, although the driver has run on a newer one. "
                + "A step's value, a static field or a field of the generator holds it or one of its symbols.");
        GC.KeepAlive(current);
    }

    // A method of its own: the caller's stack must not hold the old outcome.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorOutcome Current, WeakReference Old) MoveOn(GeneratorRun run)
    {
        var first = GeneratorOutcome.Cold(run);
        var edits = run.Sources.Select(file => Edit.Append(file.Path, "// moved on\n")).ToArray();
        return (first.After(edits), new WeakReference(first.Input));
    }
}
