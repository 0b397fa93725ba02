using System.Globalization;
using LoraGen.Training.Comparison;

namespace LoraGen.Training.Tests.Comparison;

/// <summary>What the processes do that the tests of <see cref="Compare"/> start.</summary>
internal static class ComparedChild
{
    /// <summary>The setting with the path of a file, whose existence repairs the methods that fail or never end.</summary>
    public const string Repair = "repair";

    public const int LargeBytes = 300_000_000;

    public static async Task<Measurement> MeasureAsync(ComparedRun run)
    {
        File.WriteAllText(Path.Combine(run.Folder, "adapter.bin"), run.Name);
        var isRepaired = File.Exists(run.Setting(Repair));
        switch (run.Method)
        {
            case "large":
                Array.Fill(new byte[LargeBytes], (byte)1);
                break;
            case "throws" when !isRepaired:
                throw new InvalidOperationException("It doesn't work.");
            case "exits" when !isRepaired:
                await Console.Error.WriteLineAsync("Out of something.");
                Environment.Exit(7);
                break;
            case "waits" when !isRepaired:
                File.WriteAllText(run.Setting(Repair) + ".waiting", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                await Task.Delay(Timeout.Infinite);
                break;
        }

        return Measured.Of(0.5 + run.LearningRate, 0.7 + (run.Seed / 100.0)) with { TrainedParameters = Environment.ProcessId, PeakMemoryBytes = null };
    }
}
