using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Checkpoints;

/// <summary>What is in the folder of the checkpoints, and which of them are refused.</summary>
public sealed class CheckpointTests
{
    private static readonly RowSource Held = new(3, 99);

    [Fact]
    public async Task The_newest_ones_and_the_best_are_kept()
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of("AdamW");

        // The loss grows, so the first evaluation is the best.
        var rate = LearningRate.Constant();
        foreach (var group in recipe.Optimizer.ParamGroups)
            group.InitialLearningRate = 10;
        var options = new TrainingOptions { Epochs = 2, EvaluateEvery = 1, LearningRate = rate, Checkpoints = new(folder.Path) { Every = 1, Limit = 2 } };
        var states = new StateList();
        var result = await recipe.Trainer(options).RunAsync(new RowSource(), Held, states);
        var best = result.Best!.Step;
        Assert.InRange(best, 1, 8);
        Assert.Equal(new[] { best, 9, 10 }.Select(step => $"step-{step:D8}"), folder.Names);
        Assert.Equal((folder["step-00000010"], folder[$"step-{best:D8}"]), (result.Checkpoint, result.BestCheckpoint));
        Assert.All(states, state => Assert.Equal(folder[$"step-{state.Step:D8}"], state.Checkpoint));
    }

    [Fact]
    public async Task The_values_of_the_best_are_loaded()
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of("LoRA");
        foreach (var group in recipe.Optimizer.ParamGroups)
            group.InitialLearningRate = 1;
        Dictionary<long, IReadOnlyDictionary<string, byte[]>> values = [];
        var options = new TrainingOptions { Epochs = 2, EvaluateEvery = 1, Checkpoints = new(folder.Path) { LoadBest = true } };
        var result = await recipe.Trainer(options).RunAsync(new RowSource(), Held, new StateList(state => values[state.Step] = recipe.Values()));
        Assert.NotEqual(10, result.Best!.Step);
        Assert.Equal(values[result.Best.Step], recipe.Values());
    }

    [Fact]
    public async Task The_adapter_in_it_is_one_of_PEFT()
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of("LoRA");
        var result = await recipe.Trainer(new TrainingOptions { Checkpoints = new(folder.Path) }).RunAsync(new RowSource());
        using var other = Recipe.Of("LoRA");
        other.Adapter!.Load(Path.Combine(result.Checkpoint!, "adapter"));
        Assert.Equal(recipe.Values(), other.Values());
        Assert.Equal(
            ["adapter", "optimizer.bin", "tensors.safetensors", "training.json"],
            Directory.GetFileSystemEntries(result.Checkpoint!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_with_checkpoints_is_refused_unless_it_is_resumed()
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of("AdamW");
        var trainer = recipe.Trainer(new TrainingOptions { Checkpoints = new(folder.Path) });
        await trainer.RunAsync(new RowSource());
        var error = await Assert.ThrowsAsync<IOException>(() => trainer.RunAsync(new RowSource()));
        Assert.Contains("Set Resume to continue it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_the_same_step_replaces_the_earlier_one()
    {
        using var folder = new TemporaryFolder();
        foreach (var (batches, expected) in new[] { (6, "step-00000002-2"), (1, "step-00000002-3"), (1, "step-00000002-4") })
        {
            using var recipe = Recipe.Of("AdamW");
            using var cancellation = new CancellationTokenSource();
            var options = new TrainingOptions { Epochs = 2, Accumulation = 4, Checkpoints = new(folder.Path) { Every = 2, Resume = true, Limit = 1 } };
            var seen = 0;
            var trainer = new Trainer<Rows>(
                recipe.Model,
                recipe.Optimizer,
                rows =>
                {
                    if (++seen == batches)
                        cancellation.Cancel();
                    return recipe.Loss(rows);
                },
                options);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.RunAsync(new RowSource(), cancellationToken: cancellation.Token));
            Assert.Equal([expected], folder.Names);
        }
    }

    [Fact]
    public async Task Another_configuration_is_refused_with_every_difference()
    {
        using var folder = new TemporaryFolder();
        using (var recipe = Recipe.Of("LoRA"))
            await recipe.Trainer(new TrainingOptions { Checkpoints = new(folder.Path) { Every = 2 } }).RunAsync(new RowSource());

        random.manual_seed(5);
        using var net = new Net();
        using var lora = net.AttachLoraFa();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 2e-2, weight_decay: 0.5));
        var before = lora.NamedParameters().Select(named => Expect.Bytes(named.Parameter)).ToArray();
        var options = new TrainingOptions
        {
            Epochs = 2,
            Accumulation = 3,
            MaxGradientNorm = null,
            LearningRate = LearningRate.Cosine(5),
            EvaluateEvery = 9,
            EarlyStopping = new EarlyStopping(2),
            NonFinite = NonFiniteStep.Skip,
            Seed = 4,
            Random = new TrainingRandom(1),
            Checkpoints = new(folder.Path) { Resume = true, Limit = 9 },
        };
        var trainer = new Trainer<Rows>(net, optimizer, _ => default, options, lora);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => trainer.RunAsync(new RowSource(4), Held));
        string[] expected =
        [
            "- adapter: LoraGen.Training.Tests.Models.NetLora \"default\" in the checkpoint, LoraGen.Training.Tests.Models.NetLoraFa",
            "- data of the evaluation: none in the checkpoint, 3 batches of seed 99 here",
            "- data to train on: 5 batches of seed 7 in the checkpoint, 4 batches of seed 7 here",
            "- optimizer: TorchSharp.Modules.AdamW in the checkpoint, LoraGen.AdapterOptimizer here",
            "- optimizer: base rate of group 0: 0.01 in the checkpoint, 0.02 here",
            "- optimizer: options: hash",
            "- options: Accumulation: 1 in the checkpoint, 3 here",
            "- options: EarlyStopping: none in the checkpoint, EarlyStopping { Patience = 2",
            "- options: EvaluateEvery: none in the checkpoint, 9 here",
            "- options: LearningRate: LinearRate",
            "- options: MaxGradientNorm: 1 in the checkpoint, none here",
            "- options: NonFinite: Stop in the checkpoint, Skip here",
            "- options: Random: none in the checkpoint, TrainingRandom here",
            "- options: Seed: none in the checkpoint, 4 here",
            "- options: length: 1 epochs in the checkpoint, 2 epochs here",
            "- parameter up.A: [2, 6] Float32 in the checkpoint, absent here",
            "- site up: LoraMethod",
        ];
        Assert.All(expected, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.Equal(before, lora.NamedParameters().Select(named => Expect.Bytes(named.Parameter)));
    }

    [Fact]
    public async Task The_schedule_of_BAdam_s_blocks_is_compared()
    {
        using var folder = new TemporaryFolder();
        var options = new TrainingOptions { Checkpoints = new(folder.Path) { Resume = true } };
        using (var recipe = Recipe.Of("BAdam"))
            await recipe.Trainer(options).RunAsync(new RowSource());

        random.manual_seed(5);
        using var net = new Net();
        using var optimizer = new BAdam(net, learningRate: 1e-2, interval: 4, BAdamOrder.Descending);
        var trainer = new Trainer<Rows>(net, optimizer, _ => default, options);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => trainer.RunAsync(new RowSource()));
        Assert.Contains(
            "- optimizer: BAdam, 2 steps for each of 3 blocks, Random, seed 3 in the checkpoint, BAdam, 4 steps for each of 3 blocks, Descending here",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_optimizer_s_own_options_are_compared()
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of("AdamW");
        var options = new TrainingOptions { Checkpoints = new(folder.Path) { Resume = true } };
        await recipe.Trainer(options).RunAsync(new RowSource());
        using var optimizer = optim.AdamW(recipe.Model.parameters(), lr: 1e-2, weight_decay: 0.02);
        var trainer = new Trainer<Rows>(recipe.Model, optimizer, recipe.Loss, options);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => trainer.RunAsync(new RowSource()));
        Assert.Equal(2, error.Message.Split("- optimizer").Length);
    }

    [Fact]
    public async Task A_damaged_one_is_named()
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of("AdamW");
        var trainer = recipe.Trainer(new TrainingOptions { Checkpoints = new(folder.Path) { Resume = true } });
        var result = await trainer.RunAsync(new RowSource());
        var file = Path.Combine(result.Checkpoint!, "training.json");
        File.WriteAllText(file, "{");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => trainer.RunAsync(new RowSource()));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_process_has_left_is_deleted()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".step-00000001.0123.tmp/training.json", "{");
        using var recipe = Recipe.Of("AdamW");
        await recipe.Trainer(new TrainingOptions { Checkpoints = new(folder.Path) }).RunAsync(new RowSource());
        Assert.Equal(["step-00000005"], folder.Names);
    }
}
