using LoraGen.Training.Comparison;
using LoraGen.Training.Tests.Checkpoints;
using LoraGen.Training.Tests.Comparison;

namespace LoraGen.Training.Tests;

/// <summary>What the tests run in a process of its own.</summary>
internal static class Program
{
    public const string Train = "train";

    public static async Task<int> Main(string[] args)
    {
        if (args is [Train, var folder])
        {
            await KilledTests.Train(folder);
            return 0;
        }

        if (Compare.IsRun(args))
            return await Compare.MeasureAsync(args, ComparedChild.MeasureAsync);

        Console.Error.WriteLine($"There is nothing to run as \"{string.Join(' ', args)}\".");
        return 2;
    }
}
