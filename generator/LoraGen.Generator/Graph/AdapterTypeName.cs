namespace LoraGen.Generator.Graph;

/// <summary>An adapter's name as part of an identifier: <c>my-style</c> → <c>MyStyle</c>.</summary>
internal static class AdapterTypeName
{
    public const string DefaultAdapter = "default";

    /// <summary>The adapter's part of generated names: empty for the default.</summary>
    public static string Infix(string adapter) => adapter == DefaultAdapter ? string.Empty : From(adapter);

    /// <summary>The adapter's type: <c>TinyGptStyleLora</c>.</summary>
    public static string Of(string model, string adapter, string method) => $"{model}{Infix(adapter)}{method}";

    /// <summary>The types that are generated for an adapter's type, itself first.</summary>
    public static IReadOnlyList<string> Generated(string type) => [type, type + "Extensions"];

    public static string From(string adapter)
    {
        var words = new string([.. adapter.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
    }
}
