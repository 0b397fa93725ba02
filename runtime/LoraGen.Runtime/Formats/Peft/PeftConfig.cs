using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoraGen.Formats;

/// <summary>An <c>adapter_config.json</c>: the values that LoraGen uses, and everything else as it was read.</summary>
internal sealed class PeftConfig
{
    public const string FileName = "adapter_config.json";

    private readonly string _path;

    private PeftConfig(string path, JsonObject json)
    {
        _path = path;
        Json = json;
    }

    /// <summary>Every key of the file.</summary>
    public JsonObject Json { get; }

    /// <exception cref="FileNotFoundException">The folder has no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a JSON object.</exception>
    public static PeftConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"\"{folder}\" holds no {FileName}, so it is not a PEFT adapter's folder.", path);

        try
        {
            var node = JsonNode.Parse(File.ReadAllBytes(path), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            return node is JsonObject json ? new PeftConfig(path, json) : throw new InvalidDataException($"{path}: expected a JSON object.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path}: not JSON: {broken.Message}", broken);
        }
    }

    /// <summary>The config as it will be read back.</summary>
    public static PeftConfig Of(JsonObject json) => new(FileName, (JsonObject)JsonNode.Parse(json.ToJsonString())!);

    /// <summary>Whether the key exists and is neither null, false, an empty list nor an empty object.</summary>
    public bool Has(string key)
    {
        return Json[key] switch
        {
            null => false,
            JsonArray array => array.Count > 0,
            JsonObject nested => nested.Count > 0,
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
            JsonValue value when value.GetValueKind() == JsonValueKind.String => PeftSelection.OfExpression(value.GetValue<string>(), $"{_path}: {key}"),
            JsonArray names when names.All(IsText) => PeftSelection.OfNames([.. names.Select(name => name!.GetValue<string>())]),
            var other => throw Unexpected(key, other, "a list of names or a regular expression"),
        };
    }

    /// <summary>Names or numbers, one or several; empty if the key is missing or null.</summary>
    public IReadOnlyList<string> List(string key)
    {
        return Json[key] switch
        {
            null => [],
            JsonArray items => [.. items.Select(item => Item(key, item))],
            var only => [Item(key, only)],
        };
    }

    /// <summary>Numbers by pattern, in the order of the file.</summary>
    public IReadOnlyList<(string Pattern, double Value)> Patterns(string key)
    {
        return Json[key] switch
        {
            null => [],
            JsonObject patterns => [.. patterns.Select(entry => (entry.Key, Number($"{key}[\"{entry.Key}\"]", entry.Value)))],
            var other => throw Unexpected(key, other, "numbers by layer name"),
        };
    }

    private double Number(string key, JsonNode? node)
    {
        return node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && double.IsFinite(value.GetValue<double>())
            ? value.GetValue<double>()
            : throw Unexpected(key, node, "a number");
    }

    private string Item(string key, JsonNode? node)
    {
        return node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? Number(key, node).ToString("R", CultureInfo.InvariantCulture)
            : IsText(node) ? node!.GetValue<string>() : throw Unexpected(key, node, "names or numbers");
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    private InvalidDataException Unexpected(string key, JsonNode? found, string expected)
    {
        return new InvalidDataException($"{_path}: {key} is {found?.ToJsonString() ?? "null"}, expected {expected}.");
    }
}
