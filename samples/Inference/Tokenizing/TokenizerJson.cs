using System.Text.Json;

namespace Inference.Tokenizing;

/// <summary>A part of a tokenizer's file, with its location for messages.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Key">The dotted path of the part in the file; empty for the whole file.</param>
internal sealed record TokenizerJson(string File, string Key, JsonElement Json)
{
    private const int ShownCharacters = 80;

    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static TokenizerJson Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            return new TokenizerJson(path, string.Empty, document.RootElement.Clone());
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"\"{path}\" is not JSON: {broken.Message}", broken);
        }
    }

    /// <summary>What kind of part it is: its <c>type</c>.</summary>
    public string Type => Needed("type").AsText();

    public TokenizerJson? Part(string key)
    {
        return Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(key, out var part) && part.ValueKind != JsonValueKind.Null
            ? Child(key, part)
            : null;
    }

    public TokenizerJson Needed(string key) => Part(key) ?? throw Fault($"{key} is missing");

    public IEnumerable<TokenizerJson> Items(string key)
    {
        var list = Needed(key);
        if (list.Json.ValueKind != JsonValueKind.Array)
            throw list.Fault("a list was expected");
        return list.Json.EnumerateArray().Select((item, index) => list with { Key = $"{list.Key}[{index}]", Json = item });
    }

    public IEnumerable<(string Name, TokenizerJson Value)> Entries()
    {
        if (Json.ValueKind != JsonValueKind.Object)
            throw Fault("an object was expected");
        return Json.EnumerateObject().Select(entry => (entry.Name, Child(entry.Name, entry.Value)));
    }

    public string? Text(string key) => Part(key)?.AsText();

    public string AsText() => Json.ValueKind == JsonValueKind.String ? Json.GetString()! : throw Fault("a text was expected");

    public int AsNumber() => Json.ValueKind == JsonValueKind.Number && Json.TryGetInt32(out var number) ? number : throw Fault("a whole number was expected");

    public bool Flag(string key, bool otherwise = false) => Part(key)?.AsFlag() ?? otherwise;

    public bool AsFlag() => Json.ValueKind is JsonValueKind.True or JsonValueKind.False ? Json.GetBoolean() : throw Fault("true or false was expected");

    /// <summary>Refuses every key but these: an unknown key could change the tokens.</summary>
    public TokenizerJson With(params ReadOnlySpan<string> known)
    {
        foreach (var (name, value) in Entries())
        {
            if (!known.Contains(name) && value.Json.ValueKind != JsonValueKind.Null)
                throw value.Unsupported($"only {string.Join(", ", known)} here");
        }

        return this;
    }

    public InvalidDataException Fault(string what) => new($"\"{File}\": {Key} is {Shown()}: {what}.");

    /// <summary>An error for something that the file may contain and this sample doesn't support.</summary>
    /// <param name="known">What it supports: "it knows …".</param>
    public NotSupportedException Unsupported(string known)
    {
        return new NotSupportedException(
            $"\"{File}\": {Key} is {Shown()}, which this sample does not support; it knows {known}. Give --ids instead of --prompt.");
    }

    private TokenizerJson Child(string key, JsonElement json) => this with { Key = Key.Length == 0 ? key : $"{Key}.{key}", Json = json };

    private string Shown()
    {
        var text = Json.ValueKind == JsonValueKind.String ? $"\"{Json.GetString()}\"" : Json.GetRawText();
        return text.Length <= ShownCharacters ? text : string.Concat(text.AsSpan(0, ShownCharacters), "…");
    }
}
