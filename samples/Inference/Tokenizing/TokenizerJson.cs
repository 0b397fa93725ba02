using System.Text.Json;

namespace Inference.Tokenizing;

/// <summary>A part of a <c>tokenizer.json</c>, with its place for messages.</summary>
internal sealed record TokenizerJson(string Place, JsonElement Json)
{
    /// <summary>What kind of part it is: its <c>type</c>.</summary>
    public string Type => Text("type") ?? throw Fault("type is missing");

    public TokenizerJson? Part(string key)
    {
        return Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(key, out var part) && part.ValueKind != JsonValueKind.Null
            ? new TokenizerJson($"{Place}.{key}", part)
            : null;
    }

    public TokenizerJson Needed(string key) => Part(key) ?? throw Fault($"{key} is missing");

    public IEnumerable<TokenizerJson> Items(string key)
    {
        var list = Needed(key);
        if (list.Json.ValueKind != JsonValueKind.Array)
            throw list.Fault("expected a list");
        return list.Json.EnumerateArray().Select((item, index) => new TokenizerJson($"{list.Place}[{index}]", item));
    }

    public string? Text(string key) => Part(key)?.AsText();

    public string AsText() => Json.ValueKind == JsonValueKind.String ? Json.GetString()! : throw Fault("expected a text");

    public int AsNumber() => Json.ValueKind == JsonValueKind.Number && Json.TryGetInt32(out var number) ? number : throw Fault("expected a whole number");

    public bool Flag(string key, bool otherwise = false)
    {
        return Part(key) switch
        {
            null => otherwise,
            { Json.ValueKind: JsonValueKind.True } => true,
            { Json.ValueKind: JsonValueKind.False } => false,
            { } other => throw other.Fault("expected true or false"),
        };
    }

    public InvalidDataException Fault(string what) => new($"{Place}: {what}.");

    /// <summary>For what the file may ask for and this sample doesn't do.</summary>
    public NotSupportedException Unsupported(string what, string known)
    {
        return new NotSupportedException($"{Place}: {what} is not supported by this sample, which knows {known}. Use Microsoft.ML.Tokenizers, or give --ids.");
    }
}
