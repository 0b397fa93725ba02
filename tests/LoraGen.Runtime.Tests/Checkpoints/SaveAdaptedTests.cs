using LoraGen.Runtime.Tests.Memory;

namespace LoraGen.Runtime.Tests.Checkpoints;

/// <summary>What is saved of a model with adapters is what it computes, or nothing.</summary>
public sealed class SaveAdaptedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_merged_adapter_is_in_the_weights()
    {
        using var model = Make.Model(() => new Toy());
        using var lora = Make.Trained(model.AttachSavedLora());
        lora.Merge();
        model.SaveCheckpoint(_folder.Path);
        var input = Make.Normal(3, 1, 2, Toy.Width);

        using var loaded = Make.Model(() => new Toy(), seed: 2);
        loaded.LoadCheckpoint(_folder.Path);
        Assert.Equal(ModelState.BitsOf(model), ModelState.BitsOf(loaded));
        Expect.SameBits(model.call(input), loaded.call(input));
        lora.Unmerge();
        Expect.Close(model.call(input), loaded.call(input), 1e-4);
        Assert.NotEqual(ModelState.BitsOf(model), ModelState.BitsOf(loaded));
    }

    [Fact]
    public void An_active_adapter_that_is_not_merged_is_named()
    {
        using var model = Make.Model(() => new Toy());
        var original = ModelState.BitsOf(model);
        using var lora = Make.Trained(model.AttachSavedLora());
        var refused = Assert.Throws<InvalidOperationException>(() => model.SaveCheckpoint(_folder.Path)).Message;
        Assert.StartsWith("Adapter \"saved\" is active and not merged", refused, StringComparison.Ordinal);
        Assert.Contains("Merge()", refused, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);

        // Its trained norm isn't in the model while it is inactive.
        lora.IsActive = false;
        model.SaveCheckpoint(_folder.Path);
        using var loaded = Make.Model(() => new Toy(), seed: 2);
        loaded.LoadCheckpoint(_folder.Path);
        Assert.Equal(original, ModelState.BitsOf(loaded));

        lora.IsActive = true;
        Assert.Throws<InvalidOperationException>(() => model.SaveCheckpoint(_folder.Path));
        lora.MergeAndUnload();
        model.SaveCheckpoint(_folder.Path);
        loaded.LoadCheckpoint(_folder.Path);
        Assert.Equal(ModelState.BitsOf(model), ModelState.BitsOf(loaded));
    }

    [Fact]
    public void Every_adapter_must_be_merged()
    {
        using var model = Make.Model(() => new Toy());
        using var first = Make.Trained(model.AttachLora());
        using var second = Make.Trained(model.AttachOtherLora(), seed: 40);
        first.Merge();
        Assert.StartsWith(
            "Adapter \"other\" ", Assert.Throws<InvalidOperationException>(() => model.SaveCheckpoint(_folder.Path)).Message, StringComparison.Ordinal);
        second.Merge();
        model.SaveCheckpoint(_folder.Path);
        using var loaded = Make.Model(() => new Toy(), seed: 2);
        loaded.LoadCheckpoint(_folder.Path);
        Assert.Equal(ModelState.BitsOf(model), ModelState.BitsOf(loaded));
    }

    // The sites belong to the whole model's adapter.
    [Fact]
    public void A_part_of_an_adapted_model_is_checked_too()
    {
        using var model = Make.Model(() => new Toy());
        using var lora = Make.Trained(model.AttachLora());
        var layers = model.named_children().Single(child => child.name == "layers").module;
        Assert.Throws<InvalidOperationException>(() => layers.SaveCheckpoint(_folder.Path));
        model.named_children().Single(child => child.name == "norm").module.SaveCheckpoint(_folder.Path);
        lora.Merge();
        layers.SaveCheckpoint(_folder.Path);
        Assert.Contains("0.attn.q_proj.weight", Names());
    }

    [Fact]
    public void A_save_within_a_call_is_refused()
    {
        using var model = Make.Model(() => new Toy());
        using var lora = model.AttachLora();
        lora.Merge();
        Exception? refused = null;
        var hook = model.register_forward_pre_hook((_, input) =>
        {
            refused = Record.Exception(() => model.SaveCheckpoint(_folder.Path));
            return input;
        });
        model.call(Make.Normal(3, 1, 2, Toy.Width));
        hook.remove();
        Assert.Contains("SaveCheckpoint was called within a call of Toy", Assert.IsType<InvalidOperationException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_asynchronous_form_writes_the_same_files_with_progress()
    {
        using var model = Make.Model(() => new Toy());
        model.SaveCheckpoint(_folder["one"], config: "{}", maxShardBytes: 10_000);
        var steps = new List<double>();
        await model.SaveCheckpointAsync(_folder["two"], config: "{}", maxShardBytes: 10_000, progress: new Reported(steps.Add));
        Assert.Equal(Contents("one"), Contents("two"));
        Assert.True(Contents("one").Count > 4);
        Assert.Equal(steps.Order(), steps);
        Assert.Equal(1, steps[^1]);
        Assert.True(steps.Count(step => step < 1) > model.state_dict().Count);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(7), InlineData(25)]
    public async Task A_cancelled_save_leaves_the_former_checkpoint(int step)
    {
        using var model = Make.Model(() => new Toy());
        model.SaveCheckpoint(_folder["one"], config: "{}", maxShardBytes: 10_000);
        var before = Contents("one");
        using var other = Make.Model(() => new Toy(), seed: 2);
        var live = LiveTensors.Count();
        foreach (var limit in new[] { 10_000, 20_000, 1_000_000_000 })
        {
            using var source = new CancellationTokenSource();
            var count = 0;
            if (step == 0)
                source.Cancel();
            var save = other.SaveCheckpointAsync(
                _folder["one"],
                config: """{"other": 1}""",
                maxShardBytes: limit,
                progress: new Reported(_ =>
                {
                    if (++count == step)
                        source.Cancel();
                }),
                cancellationToken: source.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => save);
            Assert.True(save.IsCanceled);
            Assert.Equal(before, Contents("one"));
        }

        Assert.Equal(0, LiveTensors.LeftSince(live));
    }

    private IEnumerable<string> Names()
    {
        using var checkpoint = SafetensorsCheckpoint.Open(_folder.Path);
        return [.. checkpoint.Tensors.Select(tensor => tensor.Name)];
    }

    private Dictionary<string, byte[]> Contents(string folder)
    {
        return Directory.GetFiles(_folder[folder]).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
    }

    // Progress<T> would report later, on another thread.
    private sealed class Reported(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
