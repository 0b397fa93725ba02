using LoraGen.Training.Evaluation;

namespace LoraGen.Training.Tests.Evaluation;

/// <summary>Intervals against the normal approximation, and their coverage.</summary>
public sealed class BootstrapTests
{
    [Fact]
    public void The_interval_of_a_share_is_near_the_normal_one()
    {
        var interval = Bootstrap.Share([.. Enumerable.Range(0, 400).Select(item => item % 5 != 0)]);

        // 0.8 ± 1.96·√(0.8·0.2/400)
        Assert.Equal(0.8, interval.Value, 12);
        Assert.InRange(interval.Low, 0.8 - 0.0392 - 0.006, 0.8 - 0.0392 + 0.006);
        Assert.InRange(interval.High, 0.8 + 0.0392 - 0.006, 0.8 + 0.0392 + 0.006);
    }

    [Fact]
    public void Intervals_hold_the_true_value_as_often_as_they_say()
    {
        var random = new SplitMix64(5);
        var hits = 0;
        for (var trial = 0; trial < 200; trial++)
        {
            var values = Enumerable.Range(0, 60).Select(_ => random.NextDouble()).ToArray();
            var interval = Bootstrap.Mean(values, confidence: 0.8, resamples: 200, seed: trial);
            hits += interval.Low <= 0.5 && interval.High >= 0.5 ? 1 : 0;
        }

        // 160 are expected, with a standard deviation of 5.7.
        Assert.InRange(hits, 137, 183);
    }

    [Fact]
    public void Pairs_have_a_narrow_interval_of_their_difference()
    {
        var first = Enumerable.Range(0, 100).Select(item => item / 10.0).ToArray();
        var second = first.Select((value, item) => value + 0.1 + (item % 2 == 0 ? 0.01 : -0.01)).ToArray();

        var interval = Bootstrap.Difference(first, second);

        Assert.Equal(0.1, interval.Value, 9);
        Assert.InRange(interval.Low, 0.097, 0.0999);
        Assert.InRange(interval.High, 0.1001, 0.103);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        var values = Enumerable.Range(0, 30).Select(item => Math.Sin(item)).ToArray();

        Assert.Equal(Bootstrap.Mean(values, seed: 1), Bootstrap.Mean(values, seed: 1));
        Assert.NotEqual(Bootstrap.Mean(values, seed: 1), Bootstrap.Mean(values, seed: 2));
        Assert.Equal(new ConfidenceInterval(2, 2, 2, 0.9), Bootstrap.Mean([2, 2, 2], confidence: 0.9));
        Assert.Equal("0.950 [0.920, 0.975]", new ConfidenceInterval(0.95, 0.92, 0.975, 0.95).ToString());
    }

    [Fact]
    public void Any_value_has_an_interval()
    {
        long[] expected = [.. Enumerable.Range(0, 200).Select(item => item % 2L)];
        long[] predicted = [.. Enumerable.Range(0, 200).Select(item => item % 10 == 0 ? 1 - (item % 2L) : item % 2L)];

        var interval = Bootstrap.Interval(
            200, items => ClassificationScores.Of([.. items.Select(item => predicted[item])], [.. items.Select(item => expected[item])]).F1(), resamples: 300);

        Assert.Equal(ClassificationScores.Of(predicted, expected).F1(), interval.Value, 12);
        Assert.True(interval.Low < interval.Value && interval.Value < interval.High);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1], confidence: 1));
        Assert.Throws<ArgumentException>(() => Bootstrap.Difference([1], [1, 2]));
    }
}
