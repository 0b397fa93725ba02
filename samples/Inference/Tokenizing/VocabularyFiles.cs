using System.Text.Json;
using System.Text.Json.Nodes;

namespace Inference.Tokenizing;

/// <summary>
/// A <c>vocab.json</c> with a <c>merges.txt</c>, as checkpoints without a <c>tokenizer.json</c> have them. Only the class of the tokenizer determines how a
/// text is cut.
/// </summary>
internal static class VocabularyFiles
{
    public const string Vocabulary = "vocab.json";
    public const string Merges = "merges.txt";

    private const string Gpt2 = """{ "pre_tokenizer": { "type": "ByteLevel", "add_prefix_space": false, "use_regex": true } }""";

    private const string Qwen2 = """
        {
          "normalizer": { "type": "NFC" },
          "pre_tokenizer": { "type": "Sequence", "pretokenizers": [
            { "type": "Split", "behavior": "Isolated", "invert": false, "pattern": {
                "Regex": "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+" } },
            { "type": "ByteLevel", "add_prefix_space": false, "use_regex": false } ] }
        }
        """;

    public static Tokenizer Read(string folder, TokenizerConfig config)
    {
        var name = config.Class
            ?? throw new NotSupportedException(
                $"\"{folder}\" has a {Vocabulary}, but no tokenizer_config.json with a tokenizer_class that says how texts are cut. "
                + "Give --ids instead of --prompt.");
        var parts = name.AsText() switch
        {
            "GPT2Tokenizer" or "GPT2TokenizerFast" => Gpt2,
            "Qwen2Tokenizer" or "Qwen2TokenizerFast" => Qwen2,
            _ => throw name.Unsupported("GPT2Tokenizer and Qwen2Tokenizer"),
        };
        config.CheckFlag("add_prefix_space", false);
        config.CheckFlag("add_bos_token", false);
        var file = (JsonObject)JsonNode.Parse(parts)!;
        file["decoder"] = new JsonObject { ["type"] = "ByteLevel" };
        file["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["vocab"] = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, Vocabulary))),
            ["merges"] = new JsonArray([.. File.ReadLines(Path.Combine(folder, Merges)).Where(IsMerge).Select(line => JsonValue.Create(line))]),
        };
        var root = new TokenizerJson(Path.Combine(folder, $"{Vocabulary} and {Merges}"), string.Empty, JsonSerializer.SerializeToElement(file));
        return Tokenizer.Read(
            root, vocabulary => config.Added(vocabulary) ?? throw name.Unsupported("it with an added_tokens_decoder beside it"), TokenTemplate.None);
    }

    private static bool IsMerge(string line) => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal);
}
