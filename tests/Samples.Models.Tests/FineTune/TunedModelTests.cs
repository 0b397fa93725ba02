using FineTuning.MiniLm;
using FineTuning.Training;
using LoraGen.Training;
using static TorchSharp.torch;

namespace Samples.Models.Tests.FineTune;

/// <summary>Each method trains, is saved and loaded, and continues a training that was stopped.</summary>
public sealed class TunedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SpamBatches _batches = SmallClassifier.Batches();

    public static TheoryData<string> Methods => [.. Method.All.Select(method => method.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Methods))]
    public async Task What_is_trained_is_saved_and_loaded(string name)
    {
        using var model = SmallClassifier.Create();
        using var tuned = new TunedModel(model, Method.Named(name));
        var before = Values(tuned, model);
        await TrainAsync(tuned, name, "run", epochs: 2);
        var after = Values(tuned, model);

        // BAdam trains one block in the first five steps, and a bottleneck of one neuron may be inactive.
        var moved = after.Keys.Count(path => !before[path].SequenceEqual(after[path]));
        Assert.InRange(moved, name == "badam" ? 1 : 0.75 * after.Count, after.Count);

        tuned.Save(_folder["run"]);
        using var other = SmallClassifier.Create();
        using var loaded = new TunedModel(other, Method.Named(name));
        loaded.Load(_folder["run"]);
        Expect.SameBits(Logits(model), Logits(other));
        using var untrained = SmallClassifier.Create();
        Expect.Differ(Logits(untrained), Logits(other), 1e-6);
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task A_training_that_was_stopped_continues_exactly(string name)
    {
        var expected = await RunAsync(name, "whole", stopAfter: null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(name, "stopped", stopAfter: 5));
        var continued = await RunAsync(name, "stopped", stopAfter: null);

        Assert.Equal(expected.Losses, continued.Losses);
        Assert.Equal(expected.Values, continued.Values);
    }

    private async Task<(IReadOnlyList<double> Losses, Dictionary<string, byte[]> Values)> RunAsync(string name, string folder, long? stopAfter)
    {
        using var model = SmallClassifier.Create();
        using var tuned = new TunedModel(model, Method.Named(name));
        var result = await TrainAsync(tuned, name, folder, epochs: 4, stopAfter);
        return ([.. result.Evaluations.Select(evaluation => evaluation.Loss)], Values(tuned, model));
    }

    private async Task<TrainingResult> TrainAsync(TunedModel tuned, string name, string folder, int epochs, long? stopAfter = null)
    {
        using var stop = new CancellationTokenSource();
        var request = new TrainRequest { Method = Method.Named(name), Mails = "", Output = _folder[folder], Epochs = epochs, LearningRate = 0.01 };
        return await tuned.TrainAsync(request, _batches, new StopAfter(stopAfter, stop), stop.Token);
    }

    private static Dictionary<string, byte[]> Values(TunedModel tuned, MiniLmClassifier model)
    {
        return (tuned.Adapter?.NamedParameters() ?? [.. model.named_parameters()]).ToDictionary(named => named.Name, named => Expect.Bytes(named.Parameter));
    }

    private static Tensor Logits(MiniLmClassifier model)
    {
        model.eval();
        using var noGrad = no_grad();
        return model.call(Make.Batch([3L, 21, 4, 1], [5, 9, 2, 0]), Make.Batch([1L, 1, 1, 1], [1, 1, 1, 0]));
    }

    private sealed class StopAfter(long? step, CancellationTokenSource stop) : IProgress<TrainingState>
    {
        public void Report(TrainingState value)
        {
            if (value.Step == step)
                stop.Cancel();
        }
    }
}
