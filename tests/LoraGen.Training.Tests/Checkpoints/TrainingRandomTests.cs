namespace LoraGen.Training.Tests.Checkpoints;

/// <summary>The generator whose state is saved.</summary>
public sealed class TrainingRandomTests
{
    // The first outputs of SplitMix64 for the seed 1234567, as its authors' program prints them.
    [Fact]
    public void It_draws_the_numbers_of_SplitMix64()
    {
        var random = new TrainingRandom(1234567);
        var bytes = new byte[24];
        random.NextBytes(bytes);
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423], Enumerable.Range(0, 3).Select(i => BitConverter.ToUInt64(bytes, 8 * i)));
    }

    [Fact]
    public void The_state_determines_every_kind_of_number()
    {
        var first = new TrainingRandom(5);
        _ = All(first);
        var second = new TrainingRandom(99) { State = first.State };
        Assert.Equal(All(first), All(second));
        Assert.NotEqual(All(first), All(new TrainingRandom(6)));
    }

    [Fact]
    public void Numbers_are_in_their_range()
    {
        var random = new TrainingRandom(3);
        var drawn = Enumerable.Range(0, 1000).Select(_ => random.Next(-2, 3)).ToArray();
        Assert.Equal([-2, -1, 0, 1, 2], drawn.Distinct().Order());
        Assert.InRange(drawn.Average(), -0.3, 0.3);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue - 1));
        Assert.Equal(7, random.Next(7, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(2, 1));
    }

    [Fact]
    public async Task A_resumed_training_continues_its_numbers()
    {
        using var folder = new TemporaryFolder();
        var expected = await Drawn(null);
        await Drawn(folder);
        Directory.Delete(folder["step-00000004"], recursive: true);
        Assert.Equal(expected, await Drawn(folder));
    }

    private static string All(TrainingRandom random)
    {
        var bytes = new byte[5];
        random.NextBytes(bytes);
        int[] shuffled = [1, 2, 3, 4, 5, 6, 7, 8];
        random.Shuffle(shuffled);
        return $"{random.Next()} {random.Next(9)} {random.NextInt64()} {random.NextDouble():R} {random.NextSingle():R} {Convert.ToHexString(bytes)} "
            + $"{string.Join(' ', shuffled)}";
    }

    private static async Task<int> Drawn(TemporaryFolder? folder)
    {
        using var recipe = Recipe.Of("AdamW");
        var random = new TrainingRandom(8);
        var last = 0;
        var options = new TrainingOptions { Random = random, Steps = 4, Checkpoints = folder is null ? null : new(folder.Path) { Every = 2, Resume = true } };
        var trainer = new Trainer<Rows>(recipe.Model, recipe.Optimizer, rows =>
        {
            last = random.Next();
            return recipe.Loss(rows);
        }, options);
        await trainer.RunAsync(new RowSource());
        return last;
    }
}
