using System.Text.Json;

namespace LoraGen.Training.Reading;

/// <summary>Reads text files into records with the field <see cref="Field"/>.</summary>
internal static class TextFile
{
    public const string Field = "text";

    public static IEnumerable<DataRecord> Read(string path, TextUnit unit)
    {
        return unit switch
        {
            TextUnit.Line => Utf8Lines.Read(path).Where(line => !string.IsNullOrWhiteSpace(line.Text)).Select(line => Record(path, line.Number, line.Text)),
            TextUnit.Paragraph => ReadParagraphs(path),
            TextUnit.Document => ReadDocument(path),
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "This is no unit of text."),
        };
    }

    private static IEnumerable<DataRecord> ReadParagraphs(string path)
    {
        var lines = new List<string>();
        var first = 0L;
        foreach (var (number, text) in Utf8Lines.Read(path))
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                if (lines.Count > 0)
                    yield return Record(path, first, string.Join('\n', lines));
                lines.Clear();
                continue;
            }

            if (lines.Count == 0)
                first = number;
            lines.Add(text);
        }

        if (lines.Count > 0)
            yield return Record(path, first, string.Join('\n', lines));
    }

    private static IEnumerable<DataRecord> ReadDocument(string path)
    {
        var text = string.Join('\n', Utf8Lines.Read(path).Select(line => line.Text));
        if (!string.IsNullOrWhiteSpace(text))
            yield return Record(path, 1, text);
    }

    private static DataRecord Record(string path, long line, string text)
    {
        return new DataRecord(new DataLocation(path, "line", line), JsonSerializer.SerializeToElement(new Dictionary<string, string> { [Field] = text }, ReflectedJson.Options));
    }
}
