using LoraGen.Training.Comparison;

namespace LoraGen.Training.Tests.Comparison;

/// <summary>Which learning rate is chosen, and what is computed over the seeds.</summary>
public sealed class ResultTests
{
    private readonly List<string> _finished = [];

    [Fact]
    public async Task The_validation_chooses_the_learning_rate_and_not_the_test()
    {
        // On the test data, 0.3 would be the best.
        var result = await Result([0.1, 0.2, 0.3], [0, 1, 2], run => Measured.Of(run.LearningRate == 0.2 ? 0.9 : 0.8, run.LearningRate));

        Assert.Equal(0.2, result.LearningRate);
        Assert.Equal([new TriedRate(0.1, 0.8), new TriedRate(0.2, 0.9), new TriedRate(0.3, 0.8)], result.Rates);
        Assert.Equal(
            [
                "m, learning rate 0.1, seed 0", "m, learning rate 0.2, seed 0", "m, learning rate 0.3, seed 0",
                "m, learning rate 0.2, seed 1", "m, learning rate 0.2, seed 2",
            ],
            _finished);
    }

    [Fact]
    public async Task A_lower_quality_can_be_better_and_of_equal_ones_the_first_is_chosen()
    {
        Assert.Equal(0.2, (await Result([0.1, 0.2, 0.3], [0], run => Measured.Of(run.LearningRate == 0.1 ? 3 : 2, 1), isLowerBetter: true)).LearningRate);
        Assert.Equal(0.1, (await Result([0.1, 0.2, 0.3], [0], run => Measured.Of(run.LearningRate == 0.3 ? 2 : 3, 1))).LearningRate);
    }

    [Fact]
    public async Task A_learning_rate_that_fails_or_is_not_finite_is_not_chosen()
    {
        var result = await Result(
            [0.1, 0.2, 0.3], [0], run => run.LearningRate switch { 0.1 => null, 0.2 => Measured.Of(double.NaN, 1), _ => Measured.Of(0.1, 1) });

        Assert.Equal(0.3, result.LearningRate);
        Assert.Equal([null, double.NaN, 0.1], result.Rates.Select(rate => rate.Validation));

        var failed = await Result([0.1, 0.2], [0, 1], _ => null);
        Assert.Null(failed.LearningRate);
        Assert.Empty(failed.Runs);
    }

    [Theory]
    [InlineData(new[] { 0.001, 0.003 }, 0.02, new[] { 0.001, 0.003, 0.009, 0.027 })]
    [InlineData(new[] { 0.001, 0.003 }, 0.0003, new[] { 0.00011, 0.00033, 0.001, 0.003 })]
    [InlineData(new[] { 2e-5, 5e-5, 2e-4 }, 2e-4, new[] { 2e-5, 5e-5, 2e-4, 8e-4 })]
    [InlineData(new[] { 0.001, 0.003, 0.01 }, 0.003, new[] { 0.001, 0.003, 0.01 })]
    [InlineData(new[] { 0.00101, 0.00102 }, 1, new[] { 0.00101, 0.00102 })]
    [InlineData(new[] { 0.001 }, 1, new[] { 0.001 })]
    public async Task While_the_best_learning_rate_is_at_an_end_the_next_one_is_tried(double[] given, double best, double[] tried)
    {
        var result = await Result(given, [0, 1], run => Measured.Of(-Math.Abs(Math.Log(run.LearningRate / best)), 0.5), maxAddedRates: 2);

        Assert.Equal(tried, result.Rates.Select(rate => rate.LearningRate));
        Assert.Equal(tried.MinBy(rate => Math.Abs(Math.Log(rate / best))), result.LearningRate);
        Assert.Equal(tried.Length + 1, _finished.Count);
    }

    [Fact]
    public async Task A_learning_rate_that_fails_ends_the_search_there()
    {
        var result = await Result([0.1, 0.2], [0], run => run.LearningRate > 0.3 ? null : Measured.Of(run.LearningRate, 1), maxAddedRates: 5);

        Assert.Equal([0.1, 0.2, 0.4], result.Rates.Select(rate => rate.LearningRate));
        Assert.Equal(0.2, result.LearningRate);
    }

    [Fact]
    public async Task Means_and_intervals_are_over_the_seeds()
    {
        // 0.90, 0.92, 0.97: the mean is 0.93, the deviation √0.0013, and t of 2 degrees of freedom is 4.3027.
        var result = await Result([0.1], [0, 1, 2], run => Measured.Of(0.5, new[] { 0.90, 0.92, 0.97 }[run.Seed]) with { TrainingSeconds = 10 + run.Seed });

        Assert.Equal(0.93, result.Quality.Value, 12);
        var half = 4.3027 * Math.Sqrt(0.0013) / Math.Sqrt(3);
        Assert.Equal(0.93 - half, result.Quality.Low, 9);
        Assert.Equal(0.93 + half, result.Quality.High, 9);
        Assert.Equal(11, result.Mean(measurement => measurement.TrainingSeconds)!.Value.Value);
        Assert.Equal(10, result.Shortest(measurement => measurement.TrainingSeconds));
        Assert.Null(result.Mean(measurement => measurement.MergedSeconds));
        Assert.Null(result.Shortest(measurement => measurement.MergedSeconds));
    }

    [Fact]
    public async Task One_seed_has_the_interval_of_the_test_items()
    {
        var result = await Result([0.1], [0], _ => Measured.Of(0.5, 0.9));

        Assert.Equal(Measured.Of(0, 0.9).Quality, result.Quality);
        Assert.Equal(double.NaN, result.Mean(measurement => measurement.StepSeconds)!.Value.Low);
    }

    [Fact]
    public async Task A_difference_is_of_equal_seeds()
    {
        var first = await Result([0.1], [0, 1, 2, 3], run => Measured.Of(0.5, new[] { 0.90, 0.80, 0.70, 0.1 }[run.Seed]));
        var second = await Result([0.1], [0, 1, 2], run => Measured.Of(0.5, new[] { 0.92, 0.83, 0.71 }[run.Seed]));

        // 0.02, 0.03, 0.01
        var difference = second.DifferenceFrom(first)!.Value;
        Assert.Equal(0.02, difference.Value, 12);
        Assert.Equal(0.02 - (4.3027 * 0.01 / Math.Sqrt(3)), difference.Low, 9);

        var single = await Result([0.1], [0], _ => Measured.Of(0.5, 0.9));
        Assert.Null(single.DifferenceFrom(first));
    }

    // A measurement of null is a run that failed.
    private async Task<VariantResult> Result(
        double[] rates, long[] seeds, Func<ComparedRun, Measurement?> measure, bool isLowerBetter = false, int maxAddedRates = 0)
    {
        var plan = new ComparisonPlan
        {
            Folder = "f", Variants = [new Variant("m", rates)], Seeds = seeds, IsLowerBetter = isLowerBetter, MaxAddedRates = maxAddedRates,
        };
        return (await Results.OfAsync(plan, run =>
        {
            _finished.Add(run.Name);
            return measure(run);
        })).Variants[0];
    }
}
