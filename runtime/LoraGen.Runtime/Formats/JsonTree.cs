using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace LoraGen.Formats;

/// <summary>A JSON object of an untrusted file, whose values are needed as they are written.</summary>
internal static class JsonTree
{
    private const int MostDepth = 64;

    /// <exception cref="InvalidDataException">It is not a JSON object, or a key exists twice in it; the message names file and key.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> utf8, string file)
    {
        if (!Utf8.IsValid(utf8))
            throw new InvalidDataException($"{file}: not JSON: it is not valid UTF-8. Save it in that encoding.");

        try
        {
            Check(utf8, file);
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = MostDepth };
            return JsonNode.Parse(utf8, documentOptions: options) as JsonObject ?? throw new InvalidDataException($"{file}: expected a JSON object.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{file}: not JSON: {fault.Message}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new InvalidDataException($"{file}: not JSON: a text in it is not Unicode. {fault.Message}", fault);
        }
    }

    // A JsonObject only finds a duplicate key when it is used, and a text that is not Unicode when that is read.
    private static void Check(ReadOnlySpan<byte> utf8, string file)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = MostDepth });
        var open = new Stack<(HashSet<string> Keys, string Place)>();
        var last = string.Empty;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(([], last));
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    last = reader.GetString()!;
                    var (keys, place) = open.Peek();
                    if (!keys.Add(last))
                    {
                        var within = place.Length == 0 ? string.Empty : $" in {JsonText.Quote(place)}";
                        throw new InvalidDataException($"{file}: the key {JsonText.Quote(last)} exists twice{within}. Remove one of them.");
                    }

                    break;
                case JsonTokenType.String:
                    _ = reader.GetString();
                    break;
            }
        }
    }
}
