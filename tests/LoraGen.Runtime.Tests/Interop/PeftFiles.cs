using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>The two files of an adapter folder, read without LoraGen.</summary>
internal sealed class PeftFiles
{
    private readonly JsonObject _config;

    public PeftFiles(string folder)
    {
        _config = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "adapter_config.json")))!;
        var bytes = File.ReadAllBytes(Path.Combine(folder, "adapter_model.safetensors"));
        var header = JsonDocument.Parse(bytes.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(bytes))).RootElement;
        Shapes = header.EnumerateObject()
            .Where(entry => entry.Name != "__metadata__")
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray());
    }

    /// <summary>The shapes of the tensors.</summary>
    public IReadOnlyDictionary<string, long[]> Shapes { get; }

    public bool Has(string key) => _config[key] is not null;

    public string? Text(string key) => (string?)_config[key];

    public bool Flag(string key) => _config[key] is { } flag && (bool)flag;

    public double Number(string key, double otherwise) => _config[key] is { } number ? (double)number : otherwise;

    /// <summary>A number within an object.</summary>
    public double NumberIn(string key, string name, double otherwise) => _config[key]?[name] is { } number ? (double)number : otherwise;

    /// <summary>A list of names; null if the key is missing, null or a single text.</summary>
    public IReadOnlyList<string>? Names(string key) => _config[key] is JsonArray names ? [.. names.Select(name => (string)name!)] : null;

    /// <summary>The single text of a key; null if it is a list, missing or null.</summary>
    public string? Expression(string key) => _config[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public IReadOnlyList<int> Indices(string key)
    {
        return _config[key] switch
        {
            null => [],
            JsonArray indices => [.. indices.Select(index => (int)index!)],
            var index => [(int)index],
        };
    }

    /// <summary>The number of ranks that AdaLoRA has left at a path; null if the file does not tell.</summary>
    public int? RanksLeft(string path) => _config["rank_pattern"]?[$"{path}.lora_E"] is JsonArray ranks ? ranks.Count(isLeft => (bool)isLeft!) : null;

    /// <summary>Numbers by pattern, in the order of the file.</summary>
    public IReadOnlyList<(string Pattern, double Value)> Patterns(string key)
    {
        return _config[key] is JsonObject patterns ? [.. patterns.Select(entry => (entry.Key, (double)entry.Value!))] : [];
    }
}
