using System.Security.Cryptography;
using System.Text;

namespace LoraGen.Training.Reading;

/// <summary>
/// Reads files into records, as the records are needed: text, JSON lines and CSV by lines, JSON arrays by objects, Parquet by row groups. Reading stops with a
/// <see cref="DataFormatException"/> at the first bad record; nothing is skipped silently. <see cref="DataRecords.ValidatedFirst{T}"/> gives no record before
/// the whole source has been found to be good.
/// </summary>
public static class DataFiles
{
    private const string Known = ".txt, .jsonl, .ndjson, .json, .csv, .tsv, .parquet";

    /// <summary>
    /// Reads a file by its extension, or all files of a folder and its subfolders that have one of these, in the ordinal order of their paths.
    /// </summary>
    /// <param name="path">
    /// A file or folder: <c>.txt</c> (each line a record; in a folder, each file), <c>.jsonl</c>, <c>.ndjson</c>, <c>.json</c> (an array, or JSON lines),
    /// <c>.csv</c>, <c>.tsv</c>, <c>.parquet</c>.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file, or the folder has no file that can be read.</exception>
    /// <exception cref="NotSupportedException">The extension is none of these.</exception>
    public static IEnumerable<DataRecord> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
            return Read(Existing(path), TextUnit.Line) ?? throw new NotSupportedException($"\"{path}\" is none of {Known}. Call the method for its format.");
        var files = Directory.GetFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var parts = files.Select(file => Read(file, TextUnit.Document)).OfType<IEnumerable<DataRecord>>().ToArray();
        return parts.Length > 0 ? parts.SelectMany(part => part) : throw new FileNotFoundException($"The folder \"{path}\" has no file of {Known}.", path);
    }

    /// <summary>Reads a text file in UTF-8 into records with one field, <c>text</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unit">What a record is.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<DataRecord> ReadText(string path, TextUnit unit = TextUnit.Line) => TextFile.Read(Existing(path), unit);

    /// <summary>Reads a file with one JSON object per line. Empty lines are left out.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<DataRecord> ReadJsonLines(string path) => JsonFile.ReadLines(Existing(path));

    /// <summary>Reads a file that is one JSON array of objects.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<DataRecord> ReadJson(string path) => JsonFile.ReadArray(Existing(path));

    /// <summary>Reads a CSV file (RFC 4180) whose first row names the fields. All values are texts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">The character between fields.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<DataRecord> ReadCsv(string path, char delimiter = ',') => CsvTable.Read(Existing(path), delimiter);

    /// <summary>Reads a Parquet file. Lists and structures become arrays and objects.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<DataRecord> ReadParquet(string path) => ParquetTable.Read(Existing(path));

    /// <summary>SHA-256 of the content of a file, or of all files of a folder with their names, in lower-case hexadecimal digits.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Hash(string path)
    {
        if (!Directory.Exists(path))
        {
            using var stream = File.OpenRead(Existing(path));
            return Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant();
        }

        var files = Directory.GetFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        var lines = files.Select(file => $"{Hash(file)} {Path.GetRelativePath(path, file).Replace('\\', '/')}\n");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)))).ToLowerInvariant();
    }

    private static IEnumerable<DataRecord>? Read(string path, TextUnit unit)
    {
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".txt" => ReadText(path, unit),
            ".jsonl" or ".ndjson" => ReadJsonLines(path),
            ".json" => JsonFile.IsArray(path) ? ReadJson(path) : ReadJsonLines(path),
            ".csv" => ReadCsv(path),
            ".tsv" => ReadCsv(path, '\t'),
            ".parquet" => ReadParquet(path),
            _ => null,
        };
    }

    // The iterators would find that out only when they are enumerated.
    private static string Existing(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path) ? path : throw new FileNotFoundException($"There is no file \"{path}\" ({Path.GetFullPath(path)}).", path);
    }
}
