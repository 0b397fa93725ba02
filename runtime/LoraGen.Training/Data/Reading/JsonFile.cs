using System.Text.Json;

namespace LoraGen.Training.Reading;

/// <summary>Reads JSON lines, and files that are one JSON array of objects.</summary>
internal static class JsonFile
{
    public static IEnumerable<DataRecord> ReadLines(string path)
    {
        foreach (var (number, text) in Utf8Lines.Read(path))
        {
            if (!string.IsNullOrWhiteSpace(text))
                yield return new DataRecord(new DataLocation(path, "line", number), Parse(path, number, text));
        }
    }

    public static IEnumerable<DataRecord> ReadArray(string path)
    {
        using var stream = File.OpenRead(path);
        using var items = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, ReflectedJson.Options).ToBlockingEnumerable().GetEnumerator();
        for (var number = 1L; MoveNext(path, items, number); number++)
            yield return new DataRecord(new DataLocation(path, "record", number), items.Current);
    }

    /// <summary>Whether the first character that isn't white space begins an array.</summary>
    public static bool IsArray(string path)
    {
        using var reader = new StreamReader(path);
        while (reader.Read() is var character and not -1)
        {
            if (!char.IsWhiteSpace((char)character))
                return character == '[';
        }

        return false;
    }

    private static JsonElement Parse(string path, long number, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text, ReflectedJson.Options);
        }
        catch (JsonException broken)
        {
            throw new DataFormatException(
                new DataLocation(path, "line", number), null, "a JSON object on one line",
                FormattableString.Invariant($"invalid JSON at byte {broken.BytePositionInLine + 1}"),
                "Correct the line or remove it.", broken);
        }
    }

    private static bool MoveNext(string path, IEnumerator<JsonElement> items, long number)
    {
        try
        {
            return items.MoveNext();
        }
        catch (JsonException broken)
        {
            var location = broken.LineNumber is { } line ? new DataLocation(path, "line", line + 1) : new DataLocation(path, "record", number);
            throw new DataFormatException(
                location, null, "an array of JSON objects", FormattableString.Invariant($"invalid JSON in record {number}"), "Correct the file.", broken);
        }
    }
}
