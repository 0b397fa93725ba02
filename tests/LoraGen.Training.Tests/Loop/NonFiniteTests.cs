
namespace LoraGen.Training.Tests.Loop;

/// <summary>Steps whose loss or gradient is not finite.</summary>
public sealed class NonFiniteTests
{
    // Batch 2 of the first epoch, in the order of the source.
    private static readonly int Bad = BadIndex();

    [Fact]
    public async Task A_loss_stops_the_training_and_names_the_batch()
    {
        using var recipe = Recipe.Of("AdamW");
        var states = new StateList();
        var error = await Assert.ThrowsAsync<NotFiniteNumberException>(() => recipe.Trainer(new TrainingOptions()).RunAsync(Source(), progress: states));
        Assert.Contains("batch 2 of epoch 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, states.Count);
        Assert.All(recipe.Values(), entry => Assert.DoesNotContain(entry.Value.Chunk(4), bytes => float.IsNaN(BitConverter.ToSingle(bytes))));
    }

    [Fact]
    public async Task A_gradient_stops_the_training_and_names_the_batches()
    {
        using var recipe = Recipe.Of("AdamW");
        var error = await Assert.ThrowsAsync<NotFiniteNumberException>(() => InfiniteGradient(recipe, new TrainingOptions { Accumulation = 3 }));
        Assert.Contains("batches 0 to 2 of epoch 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_skipped_step_changes_nothing()
    {
        using var recipe = Recipe.Of("AdamW");
        List<IReadOnlyDictionary<string, byte[]>> values = [recipe.Values()];
        var states = new StateList(_ => values.Add(recipe.Values()));
        var result = await recipe.Trainer(new TrainingOptions { NonFinite = NonFiniteStep.Skip }).RunAsync(Source(), progress: states);
        Assert.Equal((5L, 1L), (result.Steps, result.SkippedSteps));
        Assert.Equal([false, false, true, false, false], states.Select(state => state.IsSkipped));
        Assert.Equal(values[2], values[3]);
        Assert.NotEqual(values[3], values[4]);
    }

    [Theory, InlineData("AdamW"), InlineData("AdaLoRA"), InlineData("LoRA-FA")]
    public async Task A_skipped_gradient_changes_nothing(string name)
    {
        using var recipe = Recipe.Of(name);
        var before = recipe.Values();
        var result = await InfiniteGradient(recipe, new TrainingOptions { Accumulation = 5, NonFinite = NonFiniteStep.Skip });
        Assert.Equal((1L, 1L), (result.Steps, result.SkippedSteps));
        Assert.Equal(before, recipe.Values());
        Assert.Equal(0, (recipe.Optimizer as AdapterOptimizer)?.Steps ?? 0);
    }

    [Fact]
    public async Task A_scaler_skips_without_being_told()
    {
        using var recipe = Recipe.Of("LossScaler");
        var scaler = new LossScaler(1e30);
        var trainer = new Trainer<Rows>(recipe.Model, recipe.Optimizer, recipe.Loss, new TrainingOptions { Scaler = scaler });
        var result = await trainer.RunAsync(new RowSource());
        Assert.Equal(5, result.SkippedSteps);
        Assert.Equal(1e30 / 32, scaler.Factor, 1e24);
    }

    // sqrt(0) has an infinite derivative.
    private static Task<TrainingResult> InfiniteGradient(Recipe recipe, TrainingOptions options)
    {
        return new Trainer<Rows>(
            recipe.Model,
            recipe.Optimizer,
            rows => recipe.Loss(rows) with { Sum = (recipe.Model.forward(rows.Input) * 0).sum().sqrt() },
            options,
            recipe.Adapter).RunAsync(new RowSource());
    }

    private static RowSource Source() => new(scale: index => index == Bad ? double.PositiveInfinity : 1);

    private static int BadIndex()
    {
        var order = Enumerable.Range(0, 5).ToArray();
        new Random(7).Shuffle(order);
        return order[2];
    }
}
