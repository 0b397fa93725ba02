namespace LoraGen.Generator.Graph;

/// <summary>An adapter's name as part of an identifier: <c>my-style</c> → <c>MyStyle</c>.</summary>
internal static class AdapterTypeName
{
    public static string From(string adapter)
    {
        var words = new string([.. adapter.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
    }
}
