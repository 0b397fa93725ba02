using System.Diagnostics;

namespace LoraGen.Training.Tests.Checkpoints;

/// <summary>A process that trains and saves after each step is killed, and another continues.</summary>
public sealed class KilledTests
{
    private const int Steps = 150;

    [Fact]
    public async Task A_training_that_is_killed_while_saving_continues_exactly()
    {
        var expected = await Train(null);
        using var folder = new TemporaryFolder();
        var kills = new Random(1);
        for (var run = 1; run <= 3; run++)
        {
            var start = Newest(folder);
            using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, Program.Train, folder.Path]))!;
            while (Newest(folder) < start + 3 && !process.HasExited)
                await Task.Delay(10);
            await Task.Delay(kills.Next(40));
            Assert.False(process.HasExited);
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.InRange(Newest(folder), 9, Steps - 1);
        var resumed = await Train(folder.Path, every: null);
        Assert.Equal(expected, resumed);
        Assert.DoesNotContain(folder.Names, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    /// <summary>Trains, with a checkpoint in the folder after each step, and returns the trained values.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> Train(string? folder, long? every = 1)
    {
        using var recipe = Recipe.Of("AdaLoRA");
        var options = new TrainingOptions
        {
            Steps = Steps,
            Seed = 3,
            Checkpoints = folder is null ? null : new CheckpointOptions(folder) { Every = every, Limit = 2, Resume = true },
        };
        await recipe.Trainer(options).RunAsync(new RowSource());
        return recipe.Values();
    }

    private static long Newest(TemporaryFolder folder)
    {
        return folder.Names.Where(name => name.StartsWith("step-", StringComparison.Ordinal)).Select(name => long.Parse(name[5..])).DefaultIfEmpty().Max();
    }
}
