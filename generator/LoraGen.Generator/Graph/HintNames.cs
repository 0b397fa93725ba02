namespace LoraGen.Generator.Graph;

/// <summary>Names of generated files, with characters that the compiler accepts.</summary>
internal static class HintNames
{
    /// <summary><c>Acme.TinyGpt.StyleLora.g.cs</c>.</summary>
    /// <param name="modelType">Fully qualified.</param>
    /// <param name="adapter">The end of the adapter type's name.</param>
    public static string Of(string modelType, string adapter)
    {
        var model = modelType.Replace("global::", string.Empty).Replace("@", string.Empty);
        return $"{new string([.. model.Select(Allowed)])}.{adapter}.g.cs";
    }

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
