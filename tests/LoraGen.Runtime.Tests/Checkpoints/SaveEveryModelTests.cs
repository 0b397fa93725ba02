using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Checkpoints;

/// <summary>What is saved is loaded again, bit for bit, for every model of this assembly.</summary>
public sealed class SaveEveryModelTests : IDisposable
{
    private const int Fewest = 120;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_model_is_loaded_as_it_was_saved()
    {
        var count = 0;
        foreach (var build in EveryModel.Types.SelectMany(EveryModel.Of))
        {
            using var scope = NewDisposeScope();
            using var saved = build();
            using var loaded = build();
            Fill(saved, 1);
            Fill(loaded, 1000);

            saved.SaveCheckpoint(_folder.Path);
            var report = loaded.LoadCheckpoint(_folder.Path);
            Assert.Equal(saved.state_dict().Count, report.Loaded.Count);
            Assert.Equal(ModelState.Of(saved), ModelState.Of(loaded));
            count++;
        }

        Assert.True(count >= Fewest, $"Only {count} models were saved.");
    }

    private static void Fill(nn.Module model, int seed)
    {
        using var noGrad = no_grad();
        foreach (var tensor in model.state_dict().Values)
        {
            using var values = Make.Normal(seed++, tensor.shape).mul(100);
            tensor.copy_(values);
        }
    }
}
