using System.Text;

namespace LoraGen.Training.Reading;

/// <summary>The lines of a UTF-8 file, read as they are needed. Invalid bytes are an error that names the line.</summary>
internal static class Utf8Lines
{
    private const string ByteOrderMark = "\u00EF\u00BB\u00BF";

    public static UTF8Encoding Strict { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines with their numbers, from 1, without the characters that end them.</summary>
    public static IEnumerable<(long Number, string Text)> Read(string path)
    {
        // Latin-1 keeps each byte as one character, so that a line is known before it is decoded.
        using var reader = new StreamReader(path, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        for (var number = 1L; reader.ReadLine() is { } line; number++)
        {
            if (number == 1 && line.StartsWith(ByteOrderMark, StringComparison.Ordinal))
                line = line[ByteOrderMark.Length..];
            yield return (number, Decode(path, number, line));
        }
    }

    /// <summary>The error for a file that a strict decoder refused.</summary>
    public static DataFormatException Invalid(string path, DecoderFallbackException cause)
    {
        try
        {
            foreach (var _ in Read(path))
            {
            }
        }
        catch (DataFormatException found)
        {
            return found;
        }

        return Invalid(path, 0, cause);
    }

    private static string Decode(string path, long number, string line)
    {
        try
        {
            return Strict.GetString(Encoding.Latin1.GetBytes(line));
        }
        catch (DecoderFallbackException cause)
        {
            throw Invalid(path, number, cause);
        }
    }

    private static DataFormatException Invalid(string path, long number, DecoderFallbackException cause)
    {
        var bytes = string.Join(' ', (cause.BytesUnknown ?? []).Select(value => $"0x{value:X2}"));
        return new DataFormatException(new DataLocation(path, "line", number), null, "text in UTF-8", $"the bytes {bytes}", "Save the file as UTF-8.", cause);
    }
}
