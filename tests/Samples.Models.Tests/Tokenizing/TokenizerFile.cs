using System.Text.Json;
using System.Text.Json.Nodes;
using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing;

/// <summary>Small tokenizer.json files, written as Hugging Face's tokenizers writes its own.</summary>
internal static class TokenizerFile
{
    public const string Qwen2Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public const string Llama3Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The character of each byte, after OpenAI's <c>bytes_to_unicode</c>: the printable ones are themselves, the n-th other is U+0100 + n.</summary>
    public static IReadOnlyList<string> Alphabet()
    {
        int[] unprintable = [.. Enumerable.Range(0, 0x21), .. Enumerable.Range(0x7F, 0x22), 0xAD];
        var printable = Enumerable.Range(0, 256).Except(unprintable).ToHashSet();
        var others = Enumerable.Range(0, 256).Where(value => !printable.Contains(value)).ToList();
        return [.. Enumerable.Range(0, 256).Select(value => ((char)(printable.Contains(value) ? value : 0x100 + others.IndexOf(value))).ToString())];
    }

    /// <summary>Token n is byte n up to 255, then comes what each merge makes.</summary>
    public static JsonObject ByteLevel(params string[] merges)
    {
        var vocabulary = Alphabet().Select((character, value) => (character, value)).ToDictionary(pair => pair.character, pair => pair.value);
        foreach (var merge in merges)
            vocabulary.TryAdd(merge.Replace(" ", string.Empty, StringComparison.Ordinal), vocabulary.Count);
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true },
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = true, ["use_regex"] = true },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = "",
                ["end_of_word_suffix"] = "",
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["vocab"] = JsonSerializer.SerializeToNode(vocabulary),
                ["merges"] = JsonSerializer.SerializeToNode(merges),
            },
        };
    }

    /// <summary>A pattern that cuts, then bytes: Qwen2's and Llama 3's.</summary>
    public static JsonObject Cut(string pattern) => new()
    {
        ["type"] = "Sequence",
        ["pretokenizers"] = new JsonArray(
            new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["behavior"] = "Isolated", ["invert"] = false },
            new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = false, ["use_regex"] = false }),
    };

    public static JsonObject Added(int id, string content, bool normalized = false, bool lstrip = false, bool rstrip = false) => new()
    {
        ["id"] = id, ["content"] = content, ["single_word"] = false, ["lstrip"] = lstrip, ["rstrip"] = rstrip, ["normalized"] = normalized, ["special"] = true,
    };

    public static Tokenizer Read(JsonObject file)
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", file.ToJsonString());
        return Tokenizer.Read(folder.Path);
    }
}
