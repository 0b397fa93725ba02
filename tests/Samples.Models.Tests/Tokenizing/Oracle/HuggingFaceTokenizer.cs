using System.Text;
using System.Text.Json.Nodes;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>Hugging Face's own library, over the package Tokenizers.DotNet.</summary>
internal sealed class HuggingFaceTokenizer : IDisposable
{
    private readonly Tokenizers.DotNet.Tokenizer _tokenizer;

    public HuggingFaceTokenizer(JsonObject file)
    {
        using var folder = new TemporaryFolder();
        _tokenizer = new Tokenizers.DotNet.Tokenizer(folder.Write("tokenizer.json", file.ToJsonString()));
    }

    /// <summary>The tokens; the package refuses half a surrogate pair, which is U+FFFD in UTF-8.</summary>
    public int[] Encode(string text) => [.. _tokenizer.Encode(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))).Select(number => (int)number)];

    public string Decode(IEnumerable<int> tokens) => _tokenizer.Decode([.. tokens.Select(token => (uint)token)]);

    public void Dispose() => _tokenizer.Dispose();
}
