using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Checkpoints;

/// <summary>A training that is interrupted and resumed in a new model gives the bits of one that was not interrupted.</summary>
public sealed class ResumeTests
{
    // 2 epochs of 5 batches, with 3 steps of 2, 2 and 1 batches each.
    private static readonly TrainingOptions Options =
        new() { Epochs = 2, Accumulation = 2, EvaluateEvery = 2, Seed = 11, LearningRate = LearningRate.Cosine(1) };

    private static readonly Dictionary<string, IReadOnlyDictionary<string, byte[]>> Known = [];

    [Theory]
    [MemberData(nameof(Recipe.Names), MemberType = typeof(Recipe))]
    public async Task Is_exact_within_an_accumulation(string name)
    {
        var expected = await Uninterrupted(name);
        using var folder = new TemporaryFolder();
        await Interrupted(name, folder, calls => calls.Trained == 3);
        Assert.Equal(expected, await Resumed(name, folder));
    }

    [Theory]
    [InlineData("LoRA")]
    [InlineData("BAdam")]
    public async Task Is_exact_after_every_batch(string name)
    {
        var expected = await Uninterrupted(name);
        using var folder = new TemporaryFolder();
        for (var run = 0; run < 9; run++)
            await Interrupted(name, folder, calls => calls.Trained == 1);
        Assert.Equal(expected, await Resumed(name, folder));
    }

    [Theory]
    [InlineData("LoRA", 1)]
    [InlineData("AdaLoRA", 2)]
    [InlineData("MasterWeights", 3)]
    public async Task Is_exact_within_an_evaluation(string name, int batches)
    {
        var expected = await Uninterrupted(name);
        using var folder = new TemporaryFolder();
        await Interrupted(name, folder, calls => calls.Evaluated == batches);
        Assert.Equal(expected, await Resumed(name, folder));
    }

    [Theory]
    [MemberData(nameof(Recipe.Names), MemberType = typeof(Recipe))]
    public async Task Is_exact_from_a_checkpoint_between_epochs(string name)
    {
        var expected = await Uninterrupted(name);
        using var folder = new TemporaryFolder();
        using (var recipe = Recipe.Of(name))
            await Trainer(recipe, folder, every: 3, limit: 10).RunAsync(new RowSource(), new RowSource(3, 99));

        // As if the process had been killed after the first epoch.
        using var killed = new TemporaryFolder();
        Directory.Move(folder["step-00000003"], killed["step-00000003"]);
        Assert.Equal(expected, await Resumed(name, killed));
    }

    [Fact]
    public async Task The_numbers_of_a_resumed_training_are_those_of_all_runs()
    {
        using var folder = new TemporaryFolder();
        using var whole = Recipe.Of("LoRA");
        var states = new StateList();
        var expected = await whole.Trainer(Options).RunAsync(new RowSource(), new RowSource(3, 99), states);
        await Interrupted("LoRA", folder, calls => calls.Trained == 3);
        using var recipe = Recipe.Of("LoRA");
        var resumed = new StateList();
        var result = await Trainer(recipe, folder).RunAsync(new RowSource(), new RowSource(3, 99), resumed);
        Assert.Equal((expected.Steps, expected.Count, expected.Loss), (result.Steps, result.Count, result.Loss));
        Assert.Equal(expected.Evaluations.Select(each => (each.Step, each.Loss)), result.Evaluations.Select(each => (each.Step, each.Loss)));
        Assert.Equal(states.Skip(1).Select(Numbers), resumed.Select(Numbers));

        static (long Step, double Loss, double Rate) Numbers(TrainingState state) => (state.Step, state.Loss, state.LearningRate);
    }

    [Fact]
    public async Task Early_stopping_counts_on()
    {
        using var folder = new TemporaryFolder();
        var options = Options with { EvaluateEvery = 1, Epochs = 50, EarlyStopping = new EarlyStopping(4, 1000) };
        await Interrupted("AdamW", folder, calls => calls.Trained == 5, options);
        using var recipe = Recipe.Of("AdamW");
        var result = await Trainer(recipe, folder, options).RunAsync(new RowSource(), new RowSource(3, 99));
        Assert.Equal((TrainingEnd.StoppedEarly, 5L), (result.End, result.Steps));
    }

    [Fact]
    public async Task A_finished_training_is_not_continued()
    {
        using var folder = new TemporaryFolder();
        using var first = Recipe.Of("AdamW");
        var expected = await Trainer(first, folder).RunAsync(new RowSource(), new RowSource(3, 99));
        using var second = Recipe.Of("AdamW");
        var source = new RowSource();
        var result = await Trainer(second, folder).RunAsync(source, new RowSource(3, 99));
        Assert.Equal(0, source.Created);
        Assert.Equal(expected.Loss, result.Loss);
        Assert.Equal(first.Values(), second.Values());
    }

    [Fact]
    public async Task Running_statistics_and_trained_parameters_outside_the_adapter_are_restored()
    {
        using var folder = new TemporaryFolder();
        using var first = NormedRecipe();
        await first.Trainer(folder).RunAsync(new RowSource());
        using var second = NormedRecipe();
        await second.Trainer(folder).RunAsync(new RowSource());
        Assert.Equal(first.Values(), second.Values());

        static NormedNet NormedRecipe()
        {
            random.manual_seed(5);
            return new NormedNet();
        }
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> Uninterrupted(string name)
    {
        if (Known.TryGetValue(name, out var known))
            return known;

        using var recipe = Recipe.Of(name);
        await recipe.Trainer(Options).RunAsync(new RowSource(), new RowSource(3, 99));
        return Known[name] = recipe.Values();
    }

    private static async Task Interrupted(string name, TemporaryFolder folder, Func<Calls, bool> isNow, TrainingOptions? options = null)
    {
        using var recipe = Recipe.Of(name);
        using var cancellation = new CancellationTokenSource();
        var calls = new Calls();
        var trainer = new Trainer<Rows>(
            recipe.Model,
            recipe.Optimizer,
            rows =>
            {
                calls.Add(is_grad_enabled());
                if (isNow(calls))
                    cancellation.Cancel();
                return recipe.Loss(rows);
            },
            In(options ?? Options, folder, null, 3) with { Scaler = recipe.Scaler },
            recipe.Adapter);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => trainer.RunAsync(new RowSource(), new RowSource(3, 99), cancellationToken: cancellation.Token));
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> Resumed(string name, TemporaryFolder folder)
    {
        // The state of the generator is the checkpoint's, whatever was drawn before.
        using var recipe = Recipe.Of(name);
        random.manual_seed(999);
        await Trainer(recipe, folder).RunAsync(new RowSource(), new RowSource(3, 99));
        return recipe.Values();
    }

    private static Trainer<Rows> Trainer(Recipe recipe, TemporaryFolder folder, TrainingOptions? options = null, long? every = null, int limit = 3)
    {
        return recipe.Trainer(In(options ?? Options, folder, every, limit));
    }

    private static TrainingOptions In(TrainingOptions options, TemporaryFolder folder, long? every, int limit)
    {
        return options with { Checkpoints = new CheckpointOptions(folder.Path) { Every = every, Limit = limit, Resume = true } };
    }

    private sealed class Calls
    {
        public int Trained { get; private set; }

        public int Evaluated { get; private set; }

        public void Add(bool isTraining) => (Trained, Evaluated) = isTraining ? (Trained + 1, Evaluated) : (Trained, Evaluated + 1);
    }
}
