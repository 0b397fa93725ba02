using System.Globalization;

namespace LoraGen.Training.Reporting;

/// <summary>
/// A file with a line for each step. Lines of an earlier run are kept up to the first step that is written, so that a resumed training continues its own file.
/// </summary>
internal sealed class LineFile(string path, string? header) : IDisposable
{
    private StreamWriter? _writer;

    public void Write(long step, string line)
    {
        _writer ??= Open(step);
        _writer.WriteLine(line);
        _writer.Flush();
    }

    public void Dispose() => _writer?.Dispose();

    private StreamWriter Open(long step)
    {
        string[] kept = File.Exists(path) ? [.. File.ReadLines(path).Where(line => StepOf(line) is { } earlier && earlier < step)] : [];
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        var writer = new StreamWriter(path, append: false) { NewLine = "\n" };
        foreach (var line in header is null ? kept : kept.Prepend(header))
            writer.WriteLine(line);
        return writer;
    }

    // The first number of a line; a line that was cut off has none, or no end.
    private static long? StepOf(string line)
    {
        var digits = new string([.. line.SkipWhile(character => !char.IsAsciiDigit(character)).TakeWhile(char.IsAsciiDigit)]);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
    }
}
