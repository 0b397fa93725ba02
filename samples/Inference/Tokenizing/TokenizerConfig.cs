using System.Globalization;

namespace Inference.Tokenizing;

/// <summary>A <c>tokenizer_config.json</c>: what the other files don't specify if there is no <c>tokenizer.json</c>.</summary>
internal sealed class TokenizerConfig
{
    private const string FileName = "tokenizer_config.json";

    private readonly TokenizerJson? _file;

    public TokenizerConfig(string folder)
    {
        var path = Path.Combine(folder, FileName);
        _file = File.Exists(path) ? TokenizerJson.Read(path) : null;
    }

    /// <summary>The name of the tokenizer's class; null if the file doesn't have it.</summary>
    public TokenizerJson? Class => _file?.Part("tokenizer_class");

    /// <summary>Refuses a class that reads the files differently.</summary>
    public void CheckClass(params ReadOnlySpan<string> supported)
    {
        if (Class is { } name && !supported.Contains(name.AsText()))
            throw name.Unsupported(string.Join(", ", supported.ToArray()));
    }

    public bool Flag(string key, bool otherwise) => _file?.Flag(key, otherwise) ?? otherwise;

    /// <summary>Refuses a value that would change the tokens.</summary>
    public void CheckFlag(string key, bool supported)
    {
        if (_file?.Part(key) is { } part && part.AsFlag() != supported)
            throw part.Unsupported(supported ? "true" : "false");
    }

    /// <summary>Its <c>added_tokens_decoder</c>, or null.</summary>
    public IReadOnlyList<AddedToken>? Added(IReadOnlyDictionary<string, int> vocabulary)
    {
        return _file?.Part("added_tokens_decoder")?.Entries() is { } entries
            ? AddedToken.ReadAll(entries.Select(entry => (Number(entry.Name, entry.Value), entry.Value)).OrderBy(entry => entry.Item1), vocabulary)
            : null;
    }

    private static int Number(string name, TokenizerJson part)
    {
        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw part.Fault("its key is no number");
    }
}
