using System.Text.Json;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Checkpoints;

/// <summary>The files of a saved checkpoint: how tensors are divided among them, and which of them remain.</summary>
public sealed class SaveShardsTests : IDisposable
{
    private const long Weight = 4 * 8 * 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Five weights of 256 bytes each, and an Embedding of 1024 in the middle.
    [Theory]
    [InlineData(6 * Weight + 1024, "0 1 embed 2 3 4")]
    [InlineData(5 * Weight + 1024, "0 1 embed 2 3 4")]
    [InlineData(5 * Weight + 1023, "0 1 embed 2 3|4")]
    [InlineData(1024, "0 1|embed|2 3 4")]
    [InlineData(1023, "embed|0 1 2|3 4")]
    [InlineData(2 * Weight, "embed|0 1|2 3|4")]
    [InlineData(2 * Weight - 1, "0|embed|1|2|3|4")]
    [InlineData(Weight, "0|embed|1|2|3|4")]
    [InlineData(1, "0|1|embed|2|3|4")]
    public void Files_are_as_large_as_the_limit_allows(long limit, string expected)
    {
        using var model = Make.Model(() => Layers());
        model.SaveCheckpoint(_folder.Path, maxShardBytes: limit);
        var shards = expected.Split('|');
        using var checkpoint = SafetensorsCheckpoint.Open(_folder.Path);
        Assert.Equal(
            shards.Select(shard => string.Join(' ', shard.Split(' ').Order(StringComparer.Ordinal))),
            checkpoint.Files.Select(file => string.Join(' ', file.Tensors.Select(tensor => tensor.Name[..^".weight".Length]).Order(StringComparer.Ordinal))));
        Assert.Equal(
            shards.Length == 1
                ? ["model.safetensors"]
                : [.. shards.Select((_, i) => $"model-{i + 1:D5}-of-{shards.Length:D5}.safetensors"), "model.safetensors.index.json"],
            _folder.Names);

        using var loaded = Make.Model(() => Layers(), seed: 2);
        loaded.LoadCheckpoint(_folder.Path);
        Assert.Equal(ModelState.Of(model), ModelState.Of(loaded));
    }

    [Fact]
    public void The_index_is_that_of_Hugging_Face()
    {
        using var model = Make.Model(() => Layers());
        model.SaveCheckpoint(_folder.Path, maxShardBytes: 1024);
        using var index = JsonDocument.Parse(File.ReadAllText(_folder["model.safetensors.index.json"]));
        Assert.Equal(["metadata", "weight_map"], index.RootElement.EnumerateObject().Select(entry => entry.Name));
        Assert.Equal(5 * Weight + 1024, index.RootElement.GetProperty("metadata").GetProperty("total_size").GetInt64());
        Assert.Equal(
            ["0.weight=1", "1.weight=1", "2.weight=3", "3.weight=3", "4.weight=3", "embed.weight=2"],
            index.RootElement.GetProperty("weight_map").EnumerateObject().Select(entry => $"{entry.Name}={entry.Value.GetString()![10]}"));
    }

    [Fact]
    public void Files_of_the_former_checkpoint_are_deleted_and_no_others()
    {
        string[] others = ["config.json", "model-notes.txt", "optimizer-00001-of-00002.safetensors"];
        foreach (var other in others)
            _folder.Write(other, "{}");
        foreach (var (seed, limit) in new[] { (1, 256), (2, 256), (3, 10_000), (4, 1024), (5, 256), (6, 1024), (7, 10_000), (8, 10_000) })
        {
            using var model = Make.Model(() => Layers(), seed);
            model.SaveCheckpoint(_folder.Path, maxShardBytes: limit);

            using var checkpoint = SafetensorsCheckpoint.Open(_folder.Path);
            var own = checkpoint.Files.Count == 1 ? ["model.safetensors"] : Indexed().Append("model.safetensors.index.json");
            Assert.Equal(own.Concat(others).Order(StringComparer.Ordinal), _folder.Names);
            using var loaded = Make.Model(() => Layers(), seed: 20);
            loaded.LoadCheckpoint(checkpoint);
            Assert.Equal(ModelState.Of(model), ModelState.Of(loaded));
        }
    }

    [Fact]
    public void A_save_that_fails_leaves_the_former_checkpoint()
    {
        using var model = Make.Model(() => Layers());
        model.SaveCheckpoint(_folder.Path, maxShardBytes: 1024);
        var before = Files();

        // The second save would be in one file, which can't be created.
        Directory.CreateDirectory(_folder["model.safetensors"]);
        using var other = Make.Model(() => Layers(), seed: 2);
        Assert.Throws<IOException>(() => other.SaveCheckpoint(_folder.Path));
        Directory.Delete(_folder["model.safetensors"]);
        Assert.Equal(before, Files());

        // The index can't be replaced, after the shards are in the folder.
        File.Move(_folder["model.safetensors.index.json"], _folder["aside"]);
        Directory.CreateDirectory(_folder["model.safetensors.index.json"]);
        Assert.Throws<IOException>(() => other.SaveCheckpoint(_folder.Path, maxShardBytes: 256));
        Directory.Delete(_folder["model.safetensors.index.json"]);
        File.Move(_folder["aside"], _folder["model.safetensors.index.json"]);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void A_tensor_that_no_file_can_hold_is_named_and_nothing_is_written()
    {
        using var model = Linear(4, 4);
        model.register_buffer("phase", zeros(2, dtype: ScalarType.ComplexFloat32));
        Assert.Contains("\"phase\"", Assert.Throws<ArgumentException>(() => model.SaveCheckpoint(_folder["out"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.SaveCheckpoint(_folder["out"], maxShardBytes: 0));
        Assert.Throws<ArgumentException>(() => model.SaveCheckpoint(" "));
        Assert.Empty(_folder.Names);
    }

    private IEnumerable<string> Indexed()
    {
        using var index = JsonDocument.Parse(File.ReadAllText(_folder["model.safetensors.index.json"]));
        return [.. index.RootElement.GetProperty("weight_map").EnumerateObject().Select(entry => entry.Value.GetString()!).Distinct()];
    }

    private Dictionary<string, byte[]> Files() => _folder.Names.ToDictionary(name => name, name => File.ReadAllBytes(_folder[name]));

    private static TorchSharp.Modules.Sequential Layers() => Sequential(
        ("0", Linear(8, 8, hasBias: false)), ("1", Linear(8, 8, hasBias: false)), ("embed", Embedding(32, 8)), ("2", Linear(8, 8, hasBias: false)),
        ("3", Linear(8, 8, hasBias: false)), ("4", Linear(8, 8, hasBias: false)));
}
