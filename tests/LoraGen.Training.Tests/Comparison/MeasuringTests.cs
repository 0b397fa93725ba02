using LoraGen.Training.Comparison;

namespace LoraGen.Training.Tests.Comparison;

/// <summary>What helps to measure.</summary>
public sealed class MeasuringTests
{
    [Fact]
    public void A_latency_calls_as_often_as_asked()
    {
        var calls = 0;

        Assert.True(Latency.Measure(() => calls++, calls: 7, warmup: 2) > 0);

        Assert.Equal(9, calls);
        Assert.Throws<ArgumentOutOfRangeException>(() => Latency.Measure(() => calls++, calls: 0));
    }

    [Theory]
    [InlineData(new double[] { 3 }, 3)]
    [InlineData(new double[] { 9, 1, 4 }, 4)]
    [InlineData(new double[] { 9, 1, 4, 2 }, 3)]
    public void Medians(double[] values, double expected) => Assert.Equal(expected, Latency.Median(values));

    [Fact]
    public async Task The_time_of_steps_is_without_that_of_evaluations()
    {
        using var recipe = Recipe.Of("AdamW");
        var (times, states) = (new StepTimes(), new StateList());
        Assert.Throws<InvalidOperationException>(() => times.MedianSeconds);

        await recipe.Trainer(new TrainingOptions { Epochs = 2, EvaluateEvery = 1 }).RunAsync(new RowSource(), new RowSource(3), new Reports(times, states));

        Assert.Equal(states[^1].StepsElapsed.TotalSeconds, times.TotalSeconds);
        Assert.InRange(times.MedianSeconds, double.Epsilon, times.TotalSeconds);
        Assert.All(states, state => Assert.True(state.StepsElapsed < state.Elapsed));
    }

    [Fact]
    public void The_peak_begins_again()
    {
        if (PeakMemory.Bytes is null || !OperatingSystem.IsLinux())
            return;

        Fill();
        var before = PeakMemory.Bytes;
        PeakMemory.Restart();

        Assert.True(before - PeakMemory.Bytes > 100_000_000, $"{before}, {PeakMemory.Bytes}");

        static void Fill() => Array.Fill(new byte[200_000_000], (byte)1);
    }
}
