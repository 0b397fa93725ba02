using System.Text;

namespace LoraGen.Testing;

/// <summary>Several files in one text, each begun by a line <c>// file: Name.cs</c>.</summary>
public static class SourceFiles
{
    private const string Separator = "// file: ";

    /// <summary>The name of the file before the first separator.</summary>
    public const string DefaultName = "Input.cs";

    /// <summary>Takes a text with separators apart.</summary>
    public static IReadOnlyList<SourceFile> Split(string text)
    {
        var files = new List<SourceFile>();
        var name = DefaultName;
        var start = 0;
        for (var line = 0; line < text.Length;)
        {
            var end = text.IndexOf('\n', line);
            end = end < 0 ? text.Length : end + 1;
            if (text.AsSpan(line).StartsWith(Separator))
            {
                Add(files, name, text[start..line]);
                name = text[(line + Separator.Length)..end].Trim();
                start = end;
            }

            line = end;
        }

        Add(files, name, text[start..]);
        return files;
    }

    /// <summary>Puts files together; <see cref="Split"/> gives them back to the letter.</summary>
    public static string Join(IEnumerable<SourceFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
            text.Append(Separator).Append(file.Path).Append('\n').Append(file.Text);
        return text.ToString();
    }

    private static void Add(List<SourceFile> files, string name, string text)
    {
        // What precedes the first separator is usually nothing but the line end after an opening raw-string quote.
        if (files.Count == 0 && name == DefaultName && string.IsNullOrWhiteSpace(text)) return;
        if (files.Any(file => file.Path == name))
            throw new HarnessException($"Two source files are called '{name}'. Give each '{Separator}' line a name of its own.");
        files.Add(new SourceFile(name, text));
    }
}
