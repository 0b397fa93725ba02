namespace LoraGen.Generator.Graph;

/// <summary>Names of generated files, with characters that the compiler accepts.</summary>
internal static class HintNames
{
    /// <summary><c>Acme.TinyGpt.StyleLora.g.cs</c>.</summary>
    /// <param name="modelType">Fully qualified.</param>
    /// <param name="adapter">The end of the adapter type's name.</param>
    public static string Of(string modelType, string adapter)
    {
        var model = QualifiedName.WithoutAlias(modelType).Replace("@", string.Empty);
        return $"{new string([.. model.Select(Allowed)])}.{adapter}.g.cs";
    }

    /// <summary><c>LoraGen.Interceptors.TinyGpt.g.cs</c>.</summary>
    /// <param name="path">Where the calls are that are intercepted.</param>
    public static string OfInterceptors(string path)
    {
        var file = new string([.. Path.GetFileNameWithoutExtension(path).Select(Allowed)]);
        return file.Length == 0 ? "LoraGen.Interceptors.g.cs" : $"LoraGen.Interceptors.{file}.g.cs";
    }

    /// <summary>Adds the name to those that are taken, with a number if it is among them.</summary>
    public static string Take(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
            free = name.Replace(".g.cs", $".{number}.g.cs");
        return free;
    }

    /// <summary>Creates an empty set of names. Files whose names differ only in case can't be in one folder on every system.</summary>
    public static HashSet<string> NoneTaken() => new(StringComparer.OrdinalIgnoreCase);

    private static char Allowed(char c)
    {
        return c switch
        {
            '<' => '{',
            '>' => '}',
            _ when char.IsLetterOrDigit(c) || c is '.' or '_' or ',' => c,
            _ => '-',
        };
    }
}
