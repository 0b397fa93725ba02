namespace LoraGen.Testing;

/// <summary>One file of the user's project. Its text ends with a line end, so that files can be stored one after another and read back unchanged.</summary>
public sealed record SourceFile
{
    /// <summary>Makes a file, ending its last line where the given text does not.</summary>
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text.EndsWith('\n') ? text : text + "\n";
    }

    /// <summary>The path under which the compiler knows the file.</summary>
    public string Path { get; }

    /// <summary>The text, with a line end at its end.</summary>
    public string Text { get; }
}
