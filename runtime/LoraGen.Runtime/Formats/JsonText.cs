using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LoraGen.Formats;

/// <summary>Reads untrusted JSON. Every fault throws an <see cref="InvalidDataException"/> that names the file.</summary>
internal ref struct JsonText
{
    private const int MostDepth = 16;
    private const int MostQuoted = 100;

    private readonly string _file;
    private readonly string _part;
    private Utf8JsonReader _reader;

    public JsonText(ReadOnlySpan<byte> utf8, string file, string part)
    {
        (_file, _part) = (file, part);
        if (!Utf8.IsValid(utf8))
            throw Error($"{part} is not valid UTF-8");
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MostDepth });
    }

    /// <summary>A name for messages: on one line, and shortened.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length <= MostQuoted ? text : text[..MostQuoted] + "…";
        return $"\"{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}\"";
    }

    public readonly InvalidDataException Error(string fault)
    {
        return new InvalidDataException($"{_file}: {fault}. The file is damaged or of another format; download or write it again.");
    }

    public void BeginObject(string what) => Expect(JsonTokenType.StartObject, what, "an object");

    /// <summary>The name of the object's next member, or null at the object's end.</summary>
    public string? NextName()
    {
        Next();
        return _reader.TokenType == JsonTokenType.EndObject ? null : Text();
    }

    public string String(string what)
    {
        Expect(JsonTokenType.String, what, "a string");
        return Text();
    }

    public long[] Numbers(string what, int most)
    {
        Expect(JsonTokenType.StartArray, what, "an array of whole numbers");
        var numbers = new List<long>();
        while (Next() != JsonTokenType.EndArray)
        {
            if (numbers.Count == most)
                throw Error($"{what} has more than {most} numbers");
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out var number) || number < 0)
                throw Error($"{what} should hold whole numbers from 0 to {long.MaxValue}, has {Token()}");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>Skips the next value.</summary>
    public void Skip()
    {
        Next();
        try
        {
            _reader.Skip();
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    /// <summary>Checks that only white space follows.</summary>
    public void End()
    {
        if (Read())
            throw Error($"{_part} continues after its end with {Token()}");
    }

    private JsonTokenType Next()
    {
        return Read() ? _reader.TokenType : throw Error($"{_part} ends in the middle");
    }

    private bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    private void Expect(JsonTokenType type, string what, string expected)
    {
        if (Next() != type)
            throw Error($"{what} should be {expected}, is {Token()}");
    }

    private readonly string Text()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Error($"{_part} has a string that is not Unicode at byte {_reader.TokenStartIndex}: {Token()}");
        }
    }

    private readonly string Token()
    {
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            _ => Quote(Encoding.UTF8.GetString(_reader.ValueSpan[..Math.Min(_reader.ValueSpan.Length, 4 * MostQuoted)])),
        };
    }

    private readonly InvalidDataException NotJson(JsonException e) => Error($"{_part} is not JSON: {e.Message.TrimEnd('.')}");
}
