using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoraGen.Formats;

/// <summary>An <c>adapter_config.json</c>: the values that LoraGen uses, and everything else as it was read.</summary>
internal sealed class PeftConfig
{
    public const string FileName = "adapter_config.json";

    private const long MostBytes = 64 << 20;
    private const int MostShown = 100;

    private readonly string _path;

    private PeftConfig(string path, JsonObject json)
    {
        _path = path;
        Json = json;
    }

    /// <summary>Every key of the file.</summary>
    public JsonObject Json { get; }

    /// <exception cref="InvalidDataException">It is not a file with a JSON object, or a key exists twice.</exception>
    public static PeftConfig Read(string path)
    {
        using var file = new FileBytes(path);
        if (file.Length is 0 or > MostBytes)
        {
            throw new InvalidDataException(file.Length == 0
                ? $"{path}: it is empty, or a pipe or a device."
                : $"{path}: it has {file.Length} bytes, and the most for a config is {MostBytes}.");
        }

        var text = new byte[file.Length];
        file.Read(0, text);
        return new PeftConfig(path, JsonTree.Read(text, path));
    }

    /// <summary>The config as it will be read back.</summary>
    public static PeftConfig Of(JsonObject json) => new(FileName, (JsonObject)JsonNode.Parse(json.ToJsonString())!);

    /// <summary>The file and a key, for messages.</summary>
    public string PlaceOf(string key) => $"{_path}: {key}";

    /// <summary>Whether the key exists and is neither null, false, an empty text, an empty list nor an empty object.</summary>
    public bool Has(string key)
    {
        return Json[key] switch
        {
            null => false,
            JsonArray array => array.Count > 0,
            JsonObject nested => nested.Count > 0,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>().Length > 0,
            JsonValue value => value.GetValueKind() != JsonValueKind.False,
            _ => true,
        };
    }

    public bool Flag(string key)
    {
        return Json[key] switch
        {
            null => false,
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
            var other => throw Unexpected(key, other, "true or false"),
        };
    }

    public double Number(string key, double otherwise) => Json[key] is { } node ? Number(key, node) : otherwise;

    public string? Text(string key)
    {
        return Json[key] switch
        {
            null => null,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            var other => throw Unexpected(key, other, "a text"),
        };
    }

    /// <summary>A list of names, or a regular expression; null if the key is missing or null.</summary>
    public PeftSelection? Selection(string key)
    {
        return Json[key] switch
        {
            null => null,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => PeftSelection.OfExpression(value.GetValue<string>(), PlaceOf(key)),
            JsonArray names when names.All(IsText) => PeftSelection.OfNames([.. names.Select(name => name!.GetValue<string>())]),
            var other => throw Unexpected(key, other, "a list of names or a regular expression"),
        };
    }

    /// <summary>Names, one or several; empty if the key is missing, null or an empty text.</summary>
    public IReadOnlyList<string> List(string key)
    {
        return Json[key] switch
        {
            null => [],
            JsonArray names when names.All(IsText) => [.. names.Select(name => name!.GetValue<string>())],
            JsonValue name when IsText(name) => name.GetValue<string>() is { Length: > 0 } text ? [text] : [],
            var other => throw Unexpected(key, other, "a list of names"),
        };
    }

    /// <summary>Whole numbers, one or several; empty if the key is missing or null.</summary>
    public IReadOnlyList<long> Indices(string key)
    {
        return Json[key] switch
        {
            null => [],
            JsonArray items => [.. items.Select(item => Index(key, item))],
            var only => [Index(key, only)],
        };
    }

    /// <summary>Numbers by regular expressions, in the order of the file.</summary>
    public PeftPatterns Patterns(string key)
    {
        return Json[key] switch
        {
            null => new PeftPatterns([]),
            JsonObject patterns => new PeftPatterns([.. patterns.Select(entry => Pattern($"{key}[\"{entry.Key}\"]", entry))]),
            var other => throw Unexpected(key, other, "numbers by layer name"),
        };
    }

    private (PythonRegex Pattern, double Value) Pattern(string key, KeyValuePair<string, JsonNode?> entry)
    {
        return (PythonRegex.OfStart($@"(.*\.)?({entry.Key})$", PlaceOf(key)), Number(key, entry.Value));
    }

    private double Number(string key, JsonNode? node)
    {
        return node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && double.IsFinite(value.GetValue<double>())
            ? value.GetValue<double>()
            : throw Unexpected(key, node, "a number");
    }

    private long Index(string key, JsonNode? node)
    {
        var number = Number(key, node);
        return number == Math.Floor(number) && Math.Abs(number) < int.MaxValue ? (long)number : throw Unexpected(key, node, "whole numbers");
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    private InvalidDataException Unexpected(string key, JsonNode? found, string expected)
    {
        return new InvalidDataException($"{PlaceOf(key)} is {Shown(found)}, expected {expected}.");
    }

    /// <summary>A value for messages, shortened.</summary>
    public static string Shown(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= MostShown ? text : text[..MostShown] + "…";
    }
}
