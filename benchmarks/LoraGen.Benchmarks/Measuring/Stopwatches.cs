using System.Diagnostics;

namespace LoraGen.Benchmarks.Measuring;

/// <summary>Times things in milliseconds.</summary>
internal static class Stopwatches
{
    /// <summary>
    /// Runs the things in turn, round after round, each time in the opposite order, so that a machine that slows down or is shared slows all of them down.
    /// </summary>
    public static IReadOnlyList<Series> Interleave(int warmUp, int rounds, params Action[] things)
    {
        var times = things.Select(_ => new List<double>(rounds)).ToArray();
        for (var round = -warmUp; round < rounds; round++)
        {
            for (var turn = 0; turn < things.Length; turn++)
            {
                var which = round % 2 == 0 ? turn : things.Length - 1 - turn;
                var time = Time(things[which]);
                if (round >= 0)
                    times[which].Add(time);
            }
        }

        return [.. times.Select(values => new Series(values))];
    }

    public static double Time(Action thing)
    {
        var start = Stopwatch.GetTimestamp();
        thing();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
