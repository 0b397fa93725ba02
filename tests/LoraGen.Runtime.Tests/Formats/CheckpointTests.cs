using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Checkpoints in one file and in several.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const string Index = "model.safetensors.index.json";
    private const string First = "model-00001-of-00002.safetensors";
    private const string Second = "model-00002-of-00002.safetensors";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shards_are_one_checkpoint()
    {
        WriteShards($$"""{"metadata":{"total_size":24},"weight_map":{"c":"{{Second}}","a":"{{First}}","b":"{{First}}"} }""");
        foreach (var path in new[] { _folder.Path, _folder[Index] })
        {
            using var checkpoint = SafetensorsCheckpoint.Open(path);
            Assert.Equal(["a", "b", "c"], checkpoint.Tensors.Select(tensor => tensor.Name));
            Assert.Equal([_folder[First], _folder[Second]], checkpoint.Files.Select(file => file.Path));
            Assert.Equal(3, checkpoint.Read("c", TestDevice.Device, ScalarType.Int64).item<long>());
            Assert.Equal(ScalarType.Float32, checkpoint["b"].Dtype);
            Assert.True(checkpoint.Contains("a"));
            Assert.False(checkpoint.Contains("d"));
            Assert.Contains($"{path} has no tensor \"d\". Nearest: a, b, c.", Assert.Throws<KeyNotFoundException>(() => checkpoint.Read("d")).Message);
        }
    }

    [Fact]
    public void One_file_is_a_checkpoint_too()
    {
        Write("model.safetensors", ("a", 1));
        Write("other.safetensors", ("b", 2));
        _folder.Write(Index, "not read, since there is the one file");

        using var folder = SafetensorsCheckpoint.Open(_folder.Path);
        Assert.Equal(["a"], folder.Tensors.Select(tensor => tensor.Name));
        using var file = SafetensorsCheckpoint.Open(_folder["other.safetensors"]);
        Assert.Equal(2, file.Read("b").item<float>());
    }

    [Fact]
    public void Folder_without_a_checkpoint()
    {
        Assert.Contains("It has no .safetensors file.", Assert.Throws<FileNotFoundException>(() => SafetensorsCheckpoint.Open(_folder.Path)).Message);
        Write("adapter_model.safetensors", ("a", 1));
        var error = Assert.Throws<FileNotFoundException>(() => SafetensorsCheckpoint.Open(_folder.Path));
        Assert.Contains("Name one of its files instead: adapter_model.safetensors", error.Message);
        Assert.Throws<FileNotFoundException>(() => SafetensorsCheckpoint.Open(_folder["none"]));
    }

    [Fact]
    public void Pickled_checkpoint_is_refused_with_the_call_that_loads_it()
    {
        _folder.Write("training_args.bin", "PK\u0003\u0004 a few");
        _folder.Write("pytorch_model.bin", "PK\u0003\u0004 some more bytes");
        var weights = _folder["pytorch_model.bin"];
        foreach (var path in new[] { _folder.Path, weights })
        {
            Assert.Equal(
                $"{weights} is not a safetensors file but, by its name, a checkpoint in PyTorch's pickle format: load it with the package TorchSharp.PyBridge, "
                + $"model.load_py(\"{weights}\"), or save it as safetensors in Python.",
                Assert.Throws<NotSupportedException>(() => SafetensorsCheckpoint.Open(path)).Message);
        }

        // What has one of each is loaded.
        Write("model.safetensors", ("a", 1));
        using var checkpoint = SafetensorsCheckpoint.Open(_folder.Path);
        Assert.True(checkpoint.Contains("a"));
    }

    [Fact]
    public void Pickled_shards_are_refused_with_the_call_that_loads_them()
    {
        _folder.Write("pytorch_model-00001-of-00001.bin", "PK\u0003\u0004 some more bytes");
        _folder.Write("pytorch_model.bin.index.json", """{"metadata":{},"weight_map":{"a":"pytorch_model-00001-of-00001.bin"}}""");
        var error = Assert.Throws<NotSupportedException>(() => SafetensorsCheckpoint.Open(_folder.Path));
        Assert.Contains($"model.load_checkpoint(\"{_folder.Path}\", \"pytorch_model.bin.index.json\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Safetensors_of_any_name_are_a_checkpoint()
    {
        Write("model.pth", ("a", 1));
        using var checkpoint = SafetensorsCheckpoint.Open(_folder["model.pth"]);
        Assert.Equal(1, checkpoint.Read("a").item<float>());
    }

    [Fact]
    public void Missing_shard()
    {
        WriteShards($$"""{"weight_map":{"a":"{{First}}","b":"{{First}}","c":"model-3.safetensors"} }""");
        var error = Assert.Throws<FileNotFoundException>(() => SafetensorsCheckpoint.Open(_folder.Path));
        Assert.Contains($"{_folder[Index]}: 1 tensors, of which \"c\", are in \"model-3.safetensors\", which does not exist", error.Message);
        Assert.Equal(_folder["model-3.safetensors"], error.FileName);
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"1","b":"1","c":"2","d":"1"}}""", "tensor \"d\" should be in \"1\", which does not have it")]
    [InlineData("""{"weight_map":{"a":"1","c":"2"}}""", "\"1\" has tensor \"b\", and the index does not list it")]
    [InlineData("""{"weight_map":{"a":"1","b":"2","c":"2"}}""", "\"1\" has tensor \"b\", and the index has it in \"2\"")]
    [InlineData("""{"weight_map":{"a":"1","b":"1","a":"2"}}""", "weight_map has tensor \"a\" twice")]
    [InlineData("""{"weight_map":{"a":"../x"}}""", "weight_map has tensor \"a\" in \"../x\"; a shard must be a file name without a folder")]
    [InlineData("""{"weight_map":{"a":"/etc/passwd"}}""", "in \"/etc/passwd\"; a shard")]
    [InlineData("""{"weight_map":{"a":"..\\x"}}""", "a shard must be a file name without a folder")]
    [InlineData("""{"weight_map":{"a":"C:x"}}""", "in \"C:x\"; a shard")]
    [InlineData("""{"weight_map":{"a":".."}}""", "in \"..\"; a shard")]
    [InlineData("""{"weight_map":{"a":""}}""", "in \"\"; a shard")]
    [InlineData("""{"weight_map":{"a":"x\u0000y"}}""", "in \"x?y\"; a shard")]
    [InlineData("""{"weight_map":{"a":1}}""", "weight_map, \"a\", should be a string, is \"1\"")]
    [InlineData("""{"weight_map":[]}""", "weight_map should be an object, is an array")]
    [InlineData("""{"weight_map":{},"weight_map":{}}""", "it has weight_map twice")]
    [InlineData("""{"metadata":{}}""", "it has no weight_map")]
    [InlineData("[]", "the index should be an object, is an array")]
    [InlineData("", "the index is not JSON")]
    [InlineData("{\"weight_map\":{", "the index is not JSON")]
    [InlineData("{\"weight_map\":{}} {}", "the index is not JSON")]
    public void Index_is_refused(string index, string message)
    {
        WriteShards(index.Replace("\"1\"", $"\"{First}\"").Replace("\"2\"", $"\"{Second}\""));
        var expected = message.Replace("\"1\"", index.Contains("\"a\":1}") ? "\"1\"" : $"\"{First}\"").Replace("\"2\"", $"\"{Second}\"");
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsCheckpoint.Open(_folder.Path));
        Assert.StartsWith(_folder[Index] + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_shard_is_named()
    {
        WriteShards($$"""{"weight_map":{"a":"{{First}}","b":"{{First}}","c":"{{Second}}"} }""");
        File.WriteAllBytes(_folder[Second], File.ReadAllBytes(_folder[Second])[..^1]);
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsCheckpoint.Open(_folder.Path));
        Assert.Contains($"{_folder[Second]}: tensor \"c\": its bytes end at 4", error.Message);
    }

    private void WriteShards(string index)
    {
        Write(First, ("a", 1), ("b", 2));
        Write(Second, ("c", 3));
        _folder.Write(Index, index);
    }

    private void Write(string name, params (string Name, float Value)[] tensors)
    {
        SafetensorsWriter.Write(_folder[name], tensors.Select(entry => KeyValuePair.Create(entry.Name, tensor(entry.Value))));
    }
}
