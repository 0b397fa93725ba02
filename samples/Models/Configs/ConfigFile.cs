using System.Text.Json;

namespace Models.Configs;

/// <summary>The <c>config.json</c> of a Hugging Face checkpoint, or an object in it.</summary>
public sealed class ConfigFile
{
    private readonly string _place;
    private readonly JsonElement _json;

    private ConfigFile(string place, JsonElement json)
    {
        _place = place;
        _json = json;
    }

    /// <exception cref="FileNotFoundException">The folder has none.</exception>
    /// <exception cref="InvalidDataException">It is not a JSON object.</exception>
    public static ConfigFile Read(string folder, string name = "config.json")
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new FileNotFoundException($"\"{folder}\" has no {name}: it is not the folder of a Hugging Face checkpoint.", path);

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ConfigFile(path, document.RootElement.Clone())
                : throw new InvalidDataException($"{path}: expected a JSON object.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path}: not JSON: {broken.Message}", broken);
        }
    }

    public long Integer(string key) => Find(key) is { } value ? Integer(key, value) : throw Missing(key, "a number");

    public long Integer(string key, long otherwise) => Find(key) is { } value ? Integer(key, value) : otherwise;

    public double Number(string key) => Find(key) is { } value ? Number(key, value) : throw Missing(key, "a number");

    public double Number(string key, double otherwise) => Find(key) is { } value ? Number(key, value) : otherwise;

    public string? Text(string key)
    {
        return Find(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } value => value.GetString(),
            { } other => throw Unexpected(key, other, "a text"),
        };
    }

    public bool Flag(string key, bool otherwise)
    {
        return Find(key) switch
        {
            null => otherwise,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { } other => throw Unexpected(key, other, "true or false"),
        };
    }

    /// <summary>One number or a list of them; empty if the key is missing or null.</summary>
    public IReadOnlyList<long> Integers(string key)
    {
        return Find(key) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(value => Integer(key, value))],
            { } only => [Integer(key, only)],
        };
    }

    /// <summary>A list of texts; empty if the key is missing or null.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        return Find(key) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String) =>
                [.. list.EnumerateArray().Select(text => text.GetString()!)],
            { } other => throw Unexpected(key, other, "a list of texts"),
        };
    }

    /// <summary>The number of entries in the object of this key; null if it is missing or null.</summary>
    public int? EntriesOf(string key) => Section(key)?._json.EnumerateObject().Count();

    public ConfigFile? Section(string key)
    {
        return Find(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } section => new ConfigFile($"{_place}: {key}", section),
            { } other => throw Unexpected(key, other, "an object"),
        };
    }

    /// <summary>Checks an option for which the model supports only one value.</summary>
    public void Expect(string key, string found, params ReadOnlySpan<string> supported)
    {
        if (!supported.Contains(found))
            throw new NotSupportedException($"{_place}: {key} is \"{found}\"; this sample's model knows {string.Join(", ", supported.ToArray())}.");
    }

    private JsonElement? Find(string key) => _json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private long Integer(string key, JsonElement value)
    {
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Unexpected(key, value, "a whole number");
    }

    private double Number(string key, JsonElement value)
    {
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Unexpected(key, value, "a number");
    }

    private InvalidDataException Missing(string key, string expected) => new($"{_place}: {key} is missing, expected {expected}.");

    private InvalidDataException Unexpected(string key, JsonElement found, string expected)
    {
        return new InvalidDataException($"{_place}: {key} is {found.GetRawText()}, expected {expected}.");
    }
}
