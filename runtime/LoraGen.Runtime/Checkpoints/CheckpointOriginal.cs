using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>The checkpoint that a model was loaded from: its names, and the files beside its weights.</summary>
internal sealed class CheckpointOriginal
{
    private const string ConfigName = "config.json";

    // What transformers' save_pretrained writes for a model, its tokenizer and its processor.
    private static readonly string[] Names =
    [
        ConfigName, "generation_config.json", "tokenizer.json", "tokenizer_config.json", "tokenizer.model", "special_tokens_map.json", "added_tokens.json",
        "vocab.json", "vocab.txt", "merges.txt", "spiece.model", "sentencepiece.bpe.model", "chat_template.jinja", "chat_template.json",
        "preprocessor_config.json", "processor_config.json",
    ];

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private readonly bool _isConfig;

    private CheckpointOriginal(string path)
    {
        _path = path;
        _isConfig = Path.GetFileName(path) == ConfigName;
    }

    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public static CheckpointOriginal? Of(string? path)
    {
        if (path is null)
            return null;
        return Path.Exists(path)
            ? new CheckpointOriginal(path)
            : throw new FileNotFoundException($"There is no \"{path}\": original is the folder that the model was loaded from, or its {ConfigName}.", path);
    }

    /// <summary>Opens the weights; null if there are none to take names from.</summary>
    public SafetensorsCheckpoint? Open()
    {
        return _isConfig || (Directory.Exists(_path) && !SafetensorsCheckpoint.IsIn(_path)) ? null : SafetensorsCheckpoint.Open(_path);
    }

    /// <summary>The contents of the files to write beside the weights.</summary>
    /// <param name="original">The original; null if there is none.</param>
    /// <param name="config">The text of the config; null for the original's.</param>
    /// <param name="dtype">The type of the model's weights; null if it has no floating-point weight.</param>
    /// <param name="folder">The folder that is written to.</param>
    /// <exception cref="InvalidDataException">A config is not JSON.</exception>
    public static IReadOnlyDictionary<string, byte[]> Files(CheckpointOriginal? original, string? config, ScalarType? dtype, string folder)
    {
        var files = original?.Read(folder) ?? new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (config is not null)
        {
            var text = Encoding.UTF8.GetBytes(config);
            JsonTree.Read(text, nameof(config));
            files[ConfigName] = text;
        }
        else if (files.TryGetValue(ConfigName, out var copied))
        {
            files[ConfigName] = original!.WithType(copied, dtype);
        }

        return files;
    }

    private Dictionary<string, byte[]> Read(string folder)
    {
        var place = Directory.Exists(_path) ? _path : Path.GetDirectoryName(Path.GetFullPath(_path))!;
        return (_isConfig ? [ConfigName] : Names)
            .Where(name => File.Exists(Path.Combine(place, name)))
            .Where(name => name == ConfigName || Path.GetFullPath(Path.Combine(place, name)) != Path.GetFullPath(Path.Combine(folder, name)))
            .ToDictionary(name => name, name => BytesOf(Path.Combine(place, name)), StringComparer.Ordinal);
    }

    private static byte[] BytesOf(string path)
    {
        using var file = new FileBytes(path);
        var bytes = new byte[file.Length];
        file.Read(0, bytes);
        return bytes;
    }

    // transformers loads the weights in the type that the config names.
    private byte[] WithType(byte[] config, ScalarType? dtype)
    {
        var name = dtype switch
        {
            ScalarType.Float32 => "float32",
            ScalarType.Float16 => "float16",
            ScalarType.BFloat16 => "bfloat16",
            ScalarType.Float64 => "float64",
            _ => null,
        };
        var json = JsonTree.Read(config, $"{_path}: {ConfigName}");
        string[] changed = [.. new[] { "torch_dtype", "dtype" }.Where(key => json[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String)];
        if (name is null || changed.All(key => json[key]!.GetValue<string>() == name))
            return config;

        foreach (var key in changed)
            json[key] = name;
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Indented))
            json.WriteTo(writer);
        return text.ToArray();
    }
}
