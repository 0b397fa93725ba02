using System.Text.Json.Nodes;
using LoraGen.Training.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Checkpoints;

/// <summary>A checkpoint that was damaged is refused with the name of the file, and nothing of it is loaded.</summary>
public sealed class DamagedTests
{
    [Theory]
    [InlineData("AdaLoRA", "optimizer.bin")]
    [InlineData("AdaLoRA", "adapter/adapter_model.safetensors")]
    [InlineData("MasterWeights", "optimizer.bin")]
    [InlineData("AdamW", "optimizer.bin")]
    [InlineData("AdamW", "tensors.safetensors")]
    [InlineData("AdamW", "model/model.safetensors")]
    [InlineData("LossScaler", "scaler.json")]
    public async Task A_file_that_was_cut_is_named_and_nothing_is_loaded(string name, string file)
    {
        using var folder = new TemporaryFolder();
        string checkpoint;
        using (var recipe = Recipe.Of(name))
            checkpoint = (await recipe.Trainer(Options(folder)).RunAsync(new RowSource())).Checkpoint!;

        var path = Path.Combine(checkpoint, file);
        var whole = await File.ReadAllBytesAsync(path);
        foreach (var length in new[] { 0, 1, whole.Length / 3, whole.Length - 1 })
        {
            await File.WriteAllBytesAsync(path, whole[..length]);
            var (actual, expected) = ($"{length} bytes, SHA-256 ", $", expected {whole.Length} bytes, SHA-256 ");
            await Refused(name, folder, $"\"{path}\" was damaged after the checkpoint was saved: {actual}", expected);
        }

        await File.WriteAllBytesAsync(path, whole);
        Change(path);
        await Refused(name, folder, $"\"{path}\" was damaged");
        File.Delete(path);
        await Refused(name, folder, $"\"{path}\" was damaged after the checkpoint was saved: no such file, expected ");
    }

    // The list of the files is that of the present ones, so that only the adapter's optimizer sees that its state doesn't belong to the values.
    [Fact]
    public async Task A_state_that_the_adapter_s_optimizer_refuses_leaves_the_optimizer_as_it_was()
    {
        using var folder = new TemporaryFolder();
        using (var recipe = Recipe.Of("AdaLoRA"))
            await recipe.Trainer(Options(folder)).RunAsync(new RowSource());
        var path = Path.Combine(folder["step-00000005"], "optimizer.bin");
        File.Copy(Path.Combine(folder["step-00000003"], "optimizer.bin"), path, overwrite: true);
        Accept(folder["step-00000005"]);

        using var resumed = Recipe.Of("AdaLoRA");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => resumed.Trainer(Options(folder)).RunAsync(new RowSource()));
        Assert.StartsWith($"\"{path}\": ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was loaded.", error.Message, StringComparison.Ordinal);
        var optimizer = (AdapterOptimizer)resumed.Optimizer;
        Assert.Equal(0, optimizer.Steps);
        Assert.All(optimizer.state_dict().State.OfType<AdamW.State>(), state => Assert.Equal(0, state.step));
    }

    [Theory]
    [InlineData("LoRA", "adapter/adapter_model.safetensors")]
    [InlineData("AdamW", "model/model.safetensors")]
    [InlineData("AdamW", "training.json")]
    public async Task The_values_of_the_best_evaluation_are_only_loaded_if_they_are_as_they_were_saved(string name, string file)
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of(name);
        foreach (var group in recipe.Optimizer.ParamGroups)
            group.InitialLearningRate = name == "LoRA" ? 1 : 10;
        var options = new TrainingOptions
        {
            Epochs = 2, EvaluateEvery = 1, LearningRate = LearningRate.Constant(), Checkpoints = new(folder.Path) { LoadBest = true },
        };
        var (path, values) = (string.Empty, recipe.Values());
        var states = new StateList(state =>
        {
            values = recipe.Values();
            if (state.Step == 10)
            {
                Assert.NotEqual(10, state.Best!.Step);
                path = Path.Combine(folder[$"step-{state.Best.Step:D8}"], file);
                Change(path);
            }
        });
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => recipe.Trainer(options).RunAsync(new RowSource(), new RowSource(3, 99), states));
        Assert.StartsWith($"\"{path}\" ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("The model has the values of the last step; set LoadBest to false to keep them.", error.Message, StringComparison.Ordinal);
        Assert.Equal(values, recipe.Values());
    }

    [Theory]
    [InlineData("Progress.Step", "6")]
    [InlineData("Progress.Evaluations", "null")]
    [InlineData("Configuration.optimizer", "\"TorchSharp.Modules.SGD\"")]
    [InlineData("Random", "7")]
    [InlineData("Files", "{}")]
    [InlineData("Files", null)]
    [InlineData("Hash", "\"0123\"")]
    [InlineData("Hash", "5")]
    [InlineData("Hash", null)]
    [InlineData("Other", "1")]
    public async Task A_changed_entry_of_the_training_is_found(string entry, string? value)
    {
        using var folder = new TemporaryFolder();
        using (var recipe = Recipe.Of("AdamW"))
            await recipe.Trainer(Options(folder)).RunAsync(new RowSource());
        var path = Path.Combine(folder["step-00000005"], "training.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var names = entry.Split('.');
        var parent = (names.Length == 1 ? json : json[names[0]]!).AsObject();
        if (value is null)
            Assert.True(parent.Remove(names[^1]));
        else
            parent[names[^1]] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(path, json.ToJsonString());
        await Refused("AdamW", folder, $"\"{path}\" is not the state of a training: It was changed after it was saved: SHA-256 ");
    }

    [Fact]
    public async Task A_training_whose_file_has_other_spaces_is_continued()
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of("AdamW");
        var checkpoint = (await recipe.Trainer(Options(folder)).RunAsync(new RowSource())).Checkpoint!;
        var path = Path.Combine(checkpoint, "training.json");
        await File.WriteAllTextAsync(path, JsonNode.Parse(await File.ReadAllTextAsync(path))!.ToJsonString());
        Assert.Equal(5, (await recipe.Trainer(Options(folder)).RunAsync(new RowSource())).Steps);
    }

    [Theory, InlineData("null"), InlineData("[]"), InlineData("{\"Random\": 1, \"Random\": 2}")]
    public async Task What_is_no_training_is_named(string json)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("step-00000001/training.json", json);
        await Refused("AdamW", folder, $"\"{path}\" is not the state of a training: ");
    }

    private static async Task Refused(string name, TemporaryFolder folder, params string[] expected)
    {
        using var recipe = Recipe.Of(name);
        var (values, state, generator) = (recipe.Values(), StateOf(recipe), Expect.Bytes(random.get_rng_state()));
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => recipe.Trainer(Options(folder)).RunAsync(new RowSource()));
        Assert.All(expected, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.Equal(values, recipe.Values());
        Assert.Equal(state, StateOf(recipe));
        Assert.Equal(generator, Expect.Bytes(random.get_rng_state()));
    }

    private static void Change(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    // Makes the list of the files that of the present ones.
    private static void Accept(string checkpoint)
    {
        var path = Path.Combine(checkpoint, "training.json");
        var saved = SavedTraining.Read(path, wayOut: string.Empty);
        File.Delete(path);
        (saved with { Files = CheckpointFiles.Of(checkpoint) }).Write(path);
    }

    private static TrainingOptions Options(TemporaryFolder folder) => new() { Checkpoints = new(folder.Path) { Every = 1, Limit = 5, Resume = true } };

    private static byte[] StateOf(Recipe recipe)
    {
        using var state = new MemoryStream();
        using var writer = new BinaryWriter(state);
        ((OptimizerHelper)recipe.Optimizer).save_state_dict(writer);
        writer.Flush();
        return state.ToArray();
    }
}
