using LoraGen.Runtime.Tests.Memory;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Saving and loading on another thread, with progress, and cancelled at any moment.</summary>
public sealed class AsyncTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Toy _model = Make.Model(() => new Toy());

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Save_and_load_do_what_their_other_forms_do()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder["one"], "toy", "CAUSAL_LM");
        var saved = new Steps();
        await lora.SaveAsync(_folder["two"], "toy", "CAUSAL_LM", saved);
        saved.EnsureComplete();
        foreach (var name in new[] { "adapter_config.json", "adapter_model.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["one"], name)), File.ReadAllBytes(Path.Combine(_folder["two"], name)));

        var values = lora.Parameters().Select(Expect.Bytes).ToArray();
        var held = lora.Parameters();
        Make.Trained(lora, seed: 50);
        var loaded = new Steps();
        var report = await lora.LoadAsync(_folder["two"], progress: loaded);
        loaded.EnsureComplete();
        Assert.Equal("toy", report.BaseModel);
        Assert.Equal(held, lora.Parameters());
        Assert.Equal(values, lora.Parameters().Select(Expect.Bytes));
    }

    // The files have the values of the moment of the call.
    [Fact]
    public async Task Training_may_go_on_while_a_save_runs()
    {
        using var lora = Make.Trained(_model.AttachLora());
        var values = lora.Parameters().Select(Expect.Bytes).ToArray();
        var begun = new TaskCompletionSource();
        var trained = new TaskCompletionSource();
        var save = lora.SaveAsync(_folder.Path, progress: new Steps(_ =>
        {
            begun.TrySetResult();
            trained.Task.Wait();
        }));
        await begun.Task;
        Make.Trained(lora, seed: 50);
        trained.SetResult();
        await save;

        lora.Load(_folder.Path);
        Assert.Equal(values, lora.Parameters().Select(Expect.Bytes));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(5), InlineData(9)]
    public async Task A_cancelled_save_leaves_the_old_files(int step)
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder.Path);
        var before = Files();
        Make.Trained(lora, seed: 50);
        var live = LiveTensors.Count();
        using var source = new CancellationTokenSource();
        var save = lora.SaveAsync(_folder.Path, progress: Cancelling(source, step), cancellationToken: source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => save);
        Assert.True(save.IsCanceled);
        Assert.Equal(before, Files());
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], _folder.Names);
        Assert.Equal(0, LiveTensors.LeftSince(live));
        lora.Save(_folder.Path);
        Assert.NotEqual(before, Files());
    }

    [Theory, InlineData(0), InlineData(1), InlineData(4), InlineData(8)]
    public async Task A_cancelled_load_leaves_the_adapter_and_the_model(int step)
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder.Path, baseModel: "toy");
        Make.Trained(lora, seed: 50);
        var values = lora.Parameters().Select(Expect.Bytes).ToArray();
        var before = ModelState.Of(_model);
        var live = LiveTensors.Count();
        using var source = new CancellationTokenSource();
        var load = lora.LoadAsync(_folder.Path, progress: Cancelling(source, step), cancellationToken: source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        Assert.True(load.IsCanceled);
        Assert.Equal(0, LiveTensors.LeftSince(live));
        Assert.Equal(values, lora.Parameters().Select(Expect.Bytes));
        Assert.Equal(before, ModelState.Of(_model));
        Assert.Null(lora.LoadReport);
        await lora.LoadAsync(_folder.Path);
        Assert.NotEqual(values, lora.Parameters().Select(Expect.Bytes));
    }

    [Fact]
    public async Task Errors_are_those_of_the_other_forms()
    {
        using var lora = _model.AttachLora();
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => lora.LoadAsync(_folder["nothing"]));
        Assert.Throws<ArgumentException>(() => { _ = lora.SaveAsync(_folder.Path, taskType: "none"); });
        lora.Detach();
        Assert.Throws<InvalidOperationException>(() => { _ = lora.SaveAsync(_folder.Path); });
        await Assert.ThrowsAsync<InvalidOperationException>(() => lora.LoadAsync(_folder.Path));
    }

    // The call flows to the other thread, which would otherwise wait for the call while the call waits for it.
    [Fact]
    public void A_load_within_a_call_is_refused()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder.Path);
        Exception? refused = null;
        var hook = _model.register_forward_pre_hook((_, input) =>
        {
            refused = Record.Exception(() => lora.LoadAsync(_folder.Path).GetAwaiter().GetResult());
            return input;
        });
        _model.call(Make.Normal(3, 1, 2, Toy.Width));
        hook.remove();
        Assert.Contains("was called within a call of Toy", Assert.IsType<InvalidOperationException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_is_loaded_with_progress()
    {
        WriteCheckpoint(out var expected);
        var steps = new Steps();
        var report = await _model.LoadCheckpointAsync(_folder["base.safetensors"], progress: steps);
        steps.EnsureComplete();
        Assert.Equal(expected, ModelState.BitsOf(_model));
        Assert.Equal(_model.state_dict().Count, report.Loaded.Count);

        var made = new Steps();
        var (model, other) = await Checkpoint.LoadAsync(() => new Toy(), _folder["base.safetensors"], progress: made);
        made.EnsureComplete();
        using (model)
            Assert.Equal(expected, ModelState.BitsOf(model));
        Assert.Equal(report.Loaded, other.Loaded);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(7), InlineData(20)]
    public async Task A_cancelled_checkpoint_leaves_the_model(int step)
    {
        WriteCheckpoint(out _);
        using var lora = _model.AttachSavedLora();
        var before = ModelState.Of(_model);
        var live = LiveTensors.Count();
        using var source = new CancellationTokenSource();
        var load = _model.LoadCheckpointAsync(_folder["base.safetensors"], null, Cancelling(source, step), source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        Assert.True(load.IsCanceled);
        Assert.Equal(0, LiveTensors.LeftSince(live));
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Theory, InlineData(1), InlineData(7)]
    public async Task A_cancelled_model_is_disposed(int step)
    {
        WriteCheckpoint(out _);
        Toy? built = null;
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Checkpoint.LoadAsync(
            () => built = new Toy(), _folder["base.safetensors"], progress: Cancelling(source, step), cancellationToken: source.Token));
        Assert.Empty(built!.named_parameters());
    }

    private static Steps Cancelling(CancellationTokenSource source, int step)
    {
        if (step == 0)
            source.Cancel();
        return new Steps(count =>
        {
            if (count == step)
                source.Cancel();
        });
    }

    private void WriteCheckpoint(out IReadOnlyList<string> bits)
    {
        using var other = Make.Model(() => new Toy(), seed: 9);
        SafetensorsWriter.Write(_folder["base.safetensors"], other.state_dict());
        bits = ModelState.BitsOf(other);
    }

    private byte[][] Files() => [File.ReadAllBytes(_folder["adapter_config.json"]), File.ReadAllBytes(_folder["adapter_model.safetensors"])];

    // Progress<T> would report later, on another thread.
    private sealed class Steps(Action<int>? then = null) : IProgress<double>
    {
        private readonly List<double> _values = [];

        public void Report(double value)
        {
            _values.Add(value);
            then?.Invoke(_values.Count);
        }

        public void EnsureComplete()
        {
            Assert.True(_values.Count > 3);
            Assert.Equal(_values.Order(), _values);
            Assert.All(_values, value => Assert.InRange(value, 0, 1));
            Assert.Equal(1, _values[^1]);
        }
    }
}
