using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Loop;

/// <summary>What a run leaves behind, what it reports, and what is refused.</summary>
public sealed class TrainerTests
{
    [Theory]
    [MemberData(nameof(Recipe.Names), MemberType = typeof(Recipe))]
    public async Task No_tensor_is_left_after_a_run(string name)
    {
        using var recipe = Recipe.Of(name);
        var options = new TrainingOptions { Accumulation = 2, EvaluateEvery = 2, Epochs = 2 };
        await recipe.Trainer(options).RunAsync(new RowSource(), new RowSource(2));
        var before = Tensor.TotalCount;
        await recipe.Trainer(options).RunAsync(new RowSource(), new RowSource(2));
        if (name == "QLoRA")
        {
            // A thread keeps the memory into which it restores quantised weights.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // BAdam's states are those of the active block.
        Assert.True(name == "BAdam" || Tensor.TotalCount <= before, $"{Tensor.TotalCount - before} tensors are left.");
        Assert.All(recipe.Model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public async Task Modes_are_set_and_restored()
    {
        using var recipe = Recipe.Of("AdamW");
        recipe.Model.eval();
        recipe.Model.Down.train();
        List<bool> modes = [];
        var trainer = new Trainer<Rows>(recipe.Model, recipe.Optimizer, rows =>
        {
            modes.Add(recipe.Model.Drop.training);
            return recipe.Loss(rows);
        });
        await trainer.RunAsync(new RowSource(2), new RowSource(1));
        Assert.Equal([true, true, false], modes);
        Assert.Equal((false, false, true), (recipe.Model.training, recipe.Model.Drop.training, recipe.Model.Down.training));
    }

    [Fact]
    public async Task The_state_has_the_numbers_of_the_run()
    {
        using var recipe = Recipe.Of("LoRA");
        var states = new StateList();
        var result = await recipe.Trainer(new TrainingOptions { Epochs = 2, Accumulation = 2 }).RunAsync(new RowSource(), progress: states);
        Assert.Equal([1, 2, 3, 4, 5, 6], states.Select(state => state.Step));
        Assert.Equal([0, 0, 0, 1, 1, 1], states.Select(state => state.Epoch));
        Assert.All(states, state => Assert.Equal(6, state.Steps));
        Assert.Equal(2 * new RowSource().Epoch(0).Sum(rows => rows.Target.shape[0]), result.Count);
        Assert.Equal((states[^1].Count, states[^1].Loss), (result.Count, result.Loss));
        var count = recipe.Adapter!.ParameterCount;
        Assert.Equal((count.Trainable, count.Total), (states[0].TrainableParameters, states[0].TotalParameters));
        Assert.True(states[^1].MemoryBytes > 0 && states[^1].CountPerSecond > 0 && states[^1].Remaining == TimeSpan.Zero);
    }

    [Fact]
    public async Task Cancelling_ends_the_run_and_every_batch_is_disposed()
    {
        using var recipe = Recipe.Of("AdamW");
        using var cancellation = new CancellationTokenSource();
        await recipe.Trainer(new TrainingOptions()).RunAsync(new RowSource(1));
        var before = Tensor.TotalCount;
        var states = new StateList(state => { if (state.Step == 2) cancellation.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => recipe.Trainer(new TrainingOptions()).RunAsync(new RowSource(), progress: states, cancellationToken: cancellation.Token));
        Assert.Equal(2, states.Count);
        Assert.True(Tensor.TotalCount <= before, $"{Tensor.TotalCount - before} tensors are left.");
    }

    [Fact]
    public void A_method_with_steps_needs_its_own_optimizer()
    {
        using var net = new Net();
        using var lora = net.AttachAdaLora();
        using var optimizer = optim.AdamW(lora.NamedParameters().Select(named => named.Parameter), 1e-3);
        var error = Assert.Throws<ArgumentException>(() => new Trainer<Rows>(net, optimizer, _ => default, adapter: lora));
        Assert.Contains("Optimizer(parameters => …)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_of_an_adapter_that_was_not_passed_is_refused()
    {
        using var recipe = Recipe.Of("LoRA");
        recipe.Model.Up.weight.requires_grad = true;
        var error = Assert.Throws<ArgumentException>(() => new Trainer<Rows>(recipe.Model, recipe.Optimizer, _ => default));
        Assert.Contains("Pass the adapter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_that_needs_a_closure_is_refused()
    {
        using var recipe = Recipe.Of("AdamW");
        using var optimizer = optim.LBFGS(recipe.Model.parameters());
        var error = Assert.Throws<ArgumentException>(() => new Trainer<Rows>(recipe.Model, optimizer, recipe.Loss));
        Assert.Contains("derive from OptimizerHelper", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_anything_to_train_is_refused()
    {
        using var recipe = Recipe.Of("LoRA");
        var error = Assert.Throws<ArgumentException>(() => new Trainer<Rows>(recipe.Model, recipe.Optimizer, _ => default));
        Assert.Contains("nothing to train", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_merged_adapter_is_refused()
    {
        using var recipe = Recipe.Of("LoRA");
        ((Adapter)recipe.Adapter!).Merge();
        var error = Assert.Throws<InvalidOperationException>(() => recipe.Trainer(new TrainingOptions()));
        Assert.Contains("Call Unmerge() first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using var recipe = Recipe.Of("AdamW");
        TrainingOptions[] wrong =
        [
            new() { Epochs = 0 }, new() { Steps = 0 }, new() { Accumulation = 0 }, new() { MaxGradientNorm = 0 }, new() { EvaluateEvery = 0 },
            new() { EarlyStopping = new EarlyStopping(0) }, new() { LearningRate = LearningRate.Linear(warmupShare: 2) },
            new() { NonFinite = (NonFiniteStep)9 },
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => recipe.Trainer(options)));
    }

    [Fact]
    public async Task A_loss_that_is_none_is_refused()
    {
        using var recipe = Recipe.Of("AdamW");
        Assert.Contains("expected a scalar", await Refusal(rows => new BatchLoss(recipe.Model.forward(rows.Input), 1)), StringComparison.Ordinal);
        Assert.Contains("depends on no trained parameter", await Refusal(rows => new BatchLoss(rows.Target.sum(), 1)), StringComparison.Ordinal);
        Assert.Contains("count of batch 0", await Refusal(rows => recipe.Loss(rows) with { Count = -1 }), StringComparison.Ordinal);

        async Task<string> Refusal(Func<Rows, BatchLoss> loss)
        {
            var trainer = new Trainer<Rows>(recipe.Model, recipe.Optimizer, loss);
            return (await Assert.ThrowsAsync<InvalidOperationException>(() => trainer.RunAsync(new RowSource()))).Message;
        }
    }

    [Fact]
    public async Task Data_without_batches_is_refused()
    {
        using var recipe = Recipe.Of("AdamW");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => recipe.Trainer(new TrainingOptions()).RunAsync(new RowSource(0)));
        Assert.Contains("no batches in epoch 0", error.Message, StringComparison.Ordinal);
    }
}
