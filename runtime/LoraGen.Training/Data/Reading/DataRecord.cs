using System.Globalization;
using System.Text.Json;

namespace LoraGen.Training.Reading;

/// <summary>
/// One record of a source: fields with values, and where it is. Reading a field that is missing or has another type is an error that names the place.
/// </summary>
public sealed class DataRecord
{
    private const string Solution = "Correct the record or remove it.";
    private const int ShownCharacters = 80;

    private readonly string _path;

    /// <summary>Creates a record.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="fields">A JSON object.</param>
    /// <exception cref="DataFormatException"><paramref name="fields"/> is not an object.</exception>
    public DataRecord(DataLocation location, JsonElement fields)
        : this(location, fields, string.Empty)
    {
    }

    private DataRecord(DataLocation location, JsonElement fields, string path)
    {
        Location = location;
        Fields = fields;
        _path = path;
        if (fields.ValueKind != JsonValueKind.Object)
            throw new DataFormatException(location, path.Length == 0 ? null : path, "an object with fields", Shown(fields), Solution);
    }

    /// <summary>Where the record is.</summary>
    public DataLocation Location { get; }

    /// <summary>The fields as a JSON object. Values of CSV files are strings.</summary>
    public JsonElement Fields { get; }

    /// <summary>The names of the fields, in their order.</summary>
    public IEnumerable<string> Names => Fields.EnumerateObject().Select(member => member.Name);

    /// <summary>Whether the record has a field, and its value is not null.</summary>
    /// <param name="field">The name of the field.</param>
    public bool Has(string field) => Fields.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The value of a text field.</summary>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="DataFormatException">The field is missing, null or not a text.</exception>
    public string Text(string field)
    {
        var value = Value(field, "a text");
        return value.ValueKind == JsonValueKind.String ? String(field, value) : throw Wrong(field, "a text");
    }

    /// <summary>The value of a text field, or null if it is missing or null.</summary>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="DataFormatException">The field is not a text.</exception>
    public string? OptionalText(string field) => Has(field) ? Text(field) : null;

    /// <summary>The value of a field that is a whole number, or a text that is one.</summary>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="DataFormatException">The field is missing or not a whole number.</exception>
    public long Integer(string field)
    {
        return long.TryParse(Plain(field, "a whole number"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(field, "a whole number");
    }

    /// <summary>The value of a field that is a finite number, or a text that is one, with a point before its decimals.</summary>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="DataFormatException">The field is missing or not a finite number.</exception>
    public double Number(string field)
    {
        return double.TryParse(Plain(field, "a number"), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(field, "a number");
    }

    /// <summary>The value of a field that is true or false, or one of the texts <c>true</c> and <c>false</c> in any case.</summary>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="DataFormatException">The field is missing or neither.</exception>
    public bool Flag(string field) => bool.TryParse(Plain(field, "true or false"), out var flag) ? flag : throw Wrong(field, "true or false");

    /// <summary>The objects in a field that is a list of objects.</summary>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="DataFormatException">The field is missing or not a list of objects.</exception>
    public IReadOnlyList<DataRecord> Items(string field)
    {
        var list = Value(field, "a list");
        if (list.ValueKind != JsonValueKind.Array)
            throw Wrong(field, "a list");
        return [.. list.EnumerateArray().Select((item, index) => new DataRecord(Location, item, FormattableString.Invariant($"{PathOf(field)}[{index}]")))];
    }

    /// <summary>Creates the error for a value of this record.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="expected">What was expected, such as "one of human, gpt".</param>
    /// <param name="solution">What helps, as a sentence; null for a general one.</param>
    public DataFormatException Wrong(string field, string expected, string? solution = null)
    {
        var actual = Fields.TryGetProperty(field, out var value) ? Shown(value) : $"no such field (there are {string.Join(", ", Names)})";
        return new DataFormatException(Location, PathOf(field), expected, actual, solution ?? Solution);
    }

    /// <summary>The record as an object of a type, by <see cref="JsonSerializer"/>. Each member whose type is not nullable must have a field.</summary>
    /// <typeparam name="T">The type, such as a record with a property per field.</typeparam>
    /// <param name="options">
    /// The options of the serializer; null for names in any case and numbers that may be texts, as in CSV files. Other fields of the record are ignored.
    /// </param>
    /// <exception cref="DataFormatException">A field is missing or has another type.</exception>
    public T To<T>(JsonSerializerOptions? options = null) => RecordMapping<T>.Map(this, options);

    internal string PathOf(string field) => _path.Length == 0 ? field : $"{_path}.{field}";

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= ShownCharacters ? text : string.Concat(text.AsSpan(0, ShownCharacters), "…");
    }

    private JsonElement Value(string field, string expected) => Fields.TryGetProperty(field, out var value) ? value : throw Wrong(field, expected);

    private string Plain(string field, string expected)
    {
        var value = Value(field, expected);
        return value.ValueKind == JsonValueKind.String ? String(field, value) : value.GetRawText();
    }

    private string String(string field, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // Half a surrogate pair, as \ud800.
        {
            throw Wrong(field, "a text of valid Unicode");
        }
    }
}
