using System.Text;
using System.Text.Json;
using CsvHelper;

namespace LoraGen.Training.Reading;

/// <summary>Reads CSV files whose first row names the fields.</summary>
internal static class CsvTable
{
    private const string Solution = "Correct the file, or name its delimiter.";

    public static IEnumerable<DataRecord> Read(string path, char delimiter)
    {
        var options = new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
            TrackLineNumbers = true,
        };
        using var text = new StreamReader(path, Utf8Lines.Strict);
        using var reader = CsvReader.Create(text, options, leaveOpen: true);
        var line = 1L;
        if (!Next(path, line, reader.Read))
            throw Wrong(path, line, null, "a row with the names of the fields", "an empty file");
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray();
        CheckNames(path, names);
        while (Next(path, line, reader.Read))
        {
            line = reader.LineNumber;
            var fields = names.Select((name, index) => KeyValuePair.Create(name, reader.GetString(index))).ToDictionary();
            yield return new DataRecord(new DataLocation(path, "line", line), JsonSerializer.SerializeToElement(fields, ReflectedJson.Options));
        }
    }

    private static bool Next(string path, long line, Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException invalid)
        {
            throw Utf8Lines.Invalid(path, invalid);
        }
        catch (CsvFormatException broken)
        {
            throw Wrong(path, broken.LineNumber == 0 ? line : broken.LineNumber, null, "a row of CSV", $"an error: {broken.Message}", broken);
        }
    }

    private static void CheckNames(string path, string[] names)
    {
        if (names.Any(string.IsNullOrWhiteSpace))
            throw Wrong(path, 1, null, "a name for each field in the first row", "an empty name");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw Wrong(path, 1, repeated.Key, "unique names", FormattableString.Invariant($"the name {repeated.Count()} times"));
    }

    private static DataFormatException Wrong(string path, long line, string? field, string expected, string actual, Exception? inner = null)
    {
        return new DataFormatException(new DataLocation(path, "line", line), field, expected, actual, Solution, inner);
    }
}
