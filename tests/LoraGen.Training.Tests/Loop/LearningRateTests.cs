
namespace LoraGen.Training.Tests.Loop;

/// <summary>The schedules, and the rates that they give to parameter groups.</summary>
public sealed class LearningRateTests
{
    [Fact]
    public void Constant_grows_and_stays()
    {
        var rate = LearningRate.Constant(warmupSteps: 3);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Factors(rate, 5));
        Assert.False(rate.NeedsSteps);
    }

    [Fact]
    public void Linear_falls_to_zero_after_the_last_step() => Assert.Equal([0.5, 1, 0.75, 0.5, 0.25], Factors(LearningRate.Linear(warmupSteps: 1), 5));

    [Fact]
    public void A_warm_up_may_be_a_share() => Assert.Equal(Factors(LearningRate.Linear(2), 20), Factors(LearningRate.Linear(warmupShare: 0.1), 20));

    [Fact]
    public void Cosine_falls_to_its_end()
    {
        var factors = Factors(LearningRate.Cosine(final: 0.2), 4);
        Assert.Equal([1, 0.2 + (0.8 * (1 + Math.Sqrt(0.5)) / 2), 0.6, 0.2 + (0.8 * (1 - Math.Sqrt(0.5)) / 2)], factors, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public async Task Groups_keep_their_ratio()
    {
        using var recipe = Recipe.Of("LoRA+");
        List<double[]> rates = [];
        var progress = new StateList(_ => rates.Add([.. recipe.Optimizer.ParamGroups.Select(group => group.LearningRate)]));
        await recipe.Trainer(new TrainingOptions { LearningRate = LearningRate.Cosine() }).RunAsync(new RowSource(), progress: progress);
        Assert.Equal([1e-3, 16e-3], rates[0].Order());
        Assert.All(rates, each => Assert.Equal(16, each.Max() / each.Min(), 9));
        Assert.Equal(rates.Select(each => each[0]), progress.Select(state => state.LearningRate));
        Assert.True(rates[^1][0] < rates[0][0]);
    }

    [Fact]
    public async Task A_schedule_of_unknown_length_is_refused()
    {
        using var recipe = Recipe.Of("AdamW");
        var source = new RowSource(isLengthKnown: false);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => recipe.Trainer(new TrainingOptions()).RunAsync(source));
        Assert.Contains("Set Steps, or use LearningRate.Constant()", error.Message, StringComparison.Ordinal);
        var states = new StateList();
        await recipe.Trainer(new TrainingOptions { LearningRate = LearningRate.Constant() }).RunAsync(source, progress: states);
        Assert.All(states, state => Assert.Null(state.Steps));
        await recipe.Trainer(new TrainingOptions { Steps = 7 }).RunAsync(source, progress: states);
        Assert.Equal((7, 7, 1), (states[^1].Step, states[^1].Steps, states[^1].Epoch));
    }

    private static double[] Factors(LearningRate rate, int steps) => [.. Enumerable.Range(0, steps).Select(step => rate.Factor(step, steps))];
}
