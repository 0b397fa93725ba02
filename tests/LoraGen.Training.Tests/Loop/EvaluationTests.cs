using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Loop;

/// <summary>When a training is evaluated, and what follows from it.</summary>
public sealed class EvaluationTests
{
    private static readonly RowSource Held = new(batches: 3, seed: 99);

    [Theory]
    [InlineData(null, new long[] { 5, 10 })]
    [InlineData(4L, new long[] { 4, 8, 10 })]
    public async Task Is_at_the_given_steps_and_at_the_end(long? every, long[] expected)
    {
        using var recipe = Recipe.Of("AdamW");
        var states = new StateList();
        var result = await recipe.Trainer(new TrainingOptions { Epochs = 2, EvaluateEvery = every }).RunAsync(new RowSource(), Held, states);
        Assert.Equal(expected, result.Evaluations.Select(evaluated => evaluated.Step));
        Assert.Equal(expected, states.Where(state => state.Evaluation is not null).Select(state => state.Step));
        Assert.Equal(result.Evaluations.Min(evaluated => evaluated.Loss), result.Best!.Loss);
        Assert.Equal(result.Best, states[^1].Best);
    }

    [Fact]
    public async Task Is_the_mean_over_all_rows_without_dropout()
    {
        using var recipe = Recipe.Of("LoRA");
        var result = await recipe.Trainer(new TrainingOptions()).RunAsync(new RowSource(), Held);
        using var noGrad = no_grad();
        recipe.Model.eval();
        var losses = Held.Epoch(0).Select(rows => (Sum: recipe.Loss(rows).Sum.item<float>(), Rows: rows.Target.shape[0])).ToArray();
        Assert.Equal(losses.Sum(loss => (double)loss.Sum) / losses.Sum(loss => loss.Rows), result.Evaluations[^1].Loss, 6);
    }

    [Fact]
    public async Task Has_other_metrics_in_evaluation_mode()
    {
        using var recipe = Recipe.Of("AdamW");
        var options = new TrainingOptions
        {
            Metrics = () => new Dictionary<string, double> { ["training"] = recipe.Model.training ? 1 : 0, ["gradients"] = is_grad_enabled() ? 1 : 0 },
        };
        var result = await recipe.Trainer(options).RunAsync(new RowSource(), Held);
        Assert.Equal(new Dictionary<string, double> { ["training"] = 0, ["gradients"] = 0 }, result.Evaluations[0].Metrics);
    }

    [Fact]
    public async Task Ends_the_training_when_it_no_longer_improves()
    {
        using var recipe = Recipe.Of("AdamW");
        var options = new TrainingOptions { Epochs = 50, EvaluateEvery = 1, EarlyStopping = new EarlyStopping(Patience: 3, MinimumImprovement: 1000) };
        var result = await recipe.Trainer(options).RunAsync(new RowSource(), Held);
        Assert.Equal((TrainingEnd.StoppedEarly, 4L), (result.End, result.Steps));
    }

    [Fact]
    public async Task Goes_on_while_it_improves()
    {
        using var recipe = Recipe.Of("AdamW");
        var options = new TrainingOptions { Steps = 6, EvaluateEvery = 1, EarlyStopping = new EarlyStopping(1), LearningRate = LearningRate.Constant() };
        var result = await recipe.Trainer(options).RunAsync(new RowSource(batches: 1), new RowSource(batches: 1));
        Assert.Equal((TrainingEnd.Completed, 6L), (result.End, result.Steps));
    }

    [Fact]
    public async Task Early_stopping_needs_data_for_it()
    {
        using var recipe = Recipe.Of("AdamW");
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => recipe.Trainer(new TrainingOptions { EarlyStopping = new EarlyStopping(1) }).RunAsync(new RowSource()));
        Assert.Contains("no data for evaluations", error.Message, StringComparison.Ordinal);
    }
}
