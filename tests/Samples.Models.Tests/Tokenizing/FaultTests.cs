using System.Text.Json.Nodes;
using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing;

/// <summary>What the reader doesn't know or can't use is refused, never skipped.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("normalizer", """{ "type": "Precompiled" }""", "normalizer.type is \"Precompiled\", which this sample does not support; it knows NFC, NFD")]
    [InlineData("normalizer", """{ "type": "Replace", "pattern": { "Regex": " +" }, "content": " " }""", "normalizer.pattern.Regex is \" +\", which")]
    [InlineData("normalizer", """{ "type": "Sequence", "normalizers": [{ "type": "Strip" }] }""", "normalizer.normalizers[0].type is \"Strip\", which")]
    [InlineData("pre_tokenizer", """{ "type": "Punctuation" }""", "pre_tokenizer.type is \"Punctuation\", which")]
    [InlineData("pre_tokenizer", """{ "type": "Split", "pattern": { "String": " " }, "behavior": "MergedWithNext" }""",
        "pre_tokenizer.behavior is \"MergedWithNext\", which")]
    [InlineData("pre_tokenizer", """{ "type": "ByteLevel", "new_key": 3 }""", "pre_tokenizer.new_key is 3, which")]
    [InlineData("pre_tokenizer", """{ "type": "Metaspace", "replacement": "▁", "prepend_scheme": "last" }""",
        "pre_tokenizer.prepend_scheme is \"last\", which")]
    [InlineData("pre_tokenizer",
        """{ "type": "Sequence", "pretokenizers": [{ "type": "BertPreTokenizer" }, { "type": "ByteLevel", "add_prefix_space": true }] }""",
        "pre_tokenizer.pretokenizers[1] is {\"type\":\"ByteLevel\",\"add_prefix_space\":true}, which")]
    [InlineData("post_processor", """{ "type": "Padding" }""", "post_processor.type is \"Padding\", which")]
    [InlineData("post_processor", """{ "type": "TemplateProcessing", "single": [], "special_tokens": {} }""", "post_processor.single is [], which")]
    [InlineData("decoder", """{ "type": "CTC" }""", "decoder.type is \"CTC\", which")]
    [InlineData("model", """{ "type": "Unigram", "vocab": [] }""", "model.type is \"Unigram\", which this sample does not support; it knows BPE and WordPiece")]
    [InlineData("model", """{ "type": "BPE", "vocab": {}, "merges": [], "end_of_word_suffix": "</w>" }""", "model.end_of_word_suffix is \"</w>\", which")]
    [InlineData("model", """{ "type": "BPE", "vocab": {}, "merges": [], "dropout": 0.1 }""", "model.dropout is 0.1, which")]
    [InlineData("model", """{ "type": "WordPiece", "vocab": {}, "continuing": 1 }""", "model.continuing is 1, which")]
    [InlineData("added_tokens", """[{ "id": 256, "content": "<a>", "single_word": true }]""", "added_tokens[0].single_word is true, which")]
    [InlineData("stride", "4", "stride is 4, which")]
    public void An_unknown_part_is_named_with_its_value(string part, string json, string expected)
    {
        var message = Assert.Throws<NotSupportedException>(() => With(part, json)).Message;
        Assert.Matches("^\".*tokenizer.json\": ", message);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model", """{ "type": "BPE", "unk_token": "a", "vocab": { "a": 0 }, "merges": ["a b"] }""",
        "model.merges[0] is \"a b\": \"b\" is not in the vocabulary")]
    [InlineData("model", """{ "type": "BPE", "unk_token": "a", "byte_fallback": false, "vocab": { "a": 0, "aa": 1 }, "merges": ["a a", "a a"] }""",
        "model.merges[1] is \"a a\": these two are merged before")]
    [InlineData("model", """{ "type": "BPE", "unk_token": "a", "vocab": { "a": 0 }, "merges": ["a"] }""", "model.merges[0] is \"a\": two tokens were expected")]
    [InlineData("model", """{ "type": "BPE", "vocab": { "a": "0" }, "merges": [] }""", "model.vocab.a is \"0\": a whole number was expected")]
    [InlineData("model", """{ "type": "BPE", "vocab": { "a": 0, "b": 0 }, "merges": [] }""", "model.vocab.b is 0: each token has a number of its own")]
    [InlineData("model", """{ "type": "BPE", "merges": [] }""", "vocab is missing")]
    [InlineData("model", """{ "type": "BPE", "vocab": { "a": 0 }, "merges": [] }""", "unk_token is missing")]
    [InlineData("model", """{ "type": "BPE", "byte_fallback": true, "vocab": { "a": 0 }, "merges": [] }""",
        "model.byte_fallback is true: \"<0x00>\" is not in the vocabulary")]
    [InlineData("pre_tokenizer", """{ "type": "Split", "pattern": { "Regex": "(" }, "behavior": "Isolated" }""", "it is not a regular expression of .NET")]
    [InlineData("added_tokens", """[{ "id": 300, "content": "<a>" }]""", "\"<a>\" is number 256 by the vocabulary and the tokens before it")]
    [InlineData("added_tokens", """[{ "id": 256, "content": "<a>" }, { "id": 257, "content": "<a>" }]""", "this content has been added before")]
    public void A_broken_part_is_named(string part, string json, string expected)
    {
        var message = Assert.Throws<InvalidDataException>(() => With(part, json, part == "model" ? null : "ByteLevel")).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    /// <summary>The package would drop it from every text without a word.</summary>
    [Fact]
    public void A_byte_without_a_token_is_named()
    {
        var file = TokenizerFile.ByteLevel();
        ((JsonObject)file["model"]!["vocab"]!).Remove("Ġ");
        var message = Assert.Throws<InvalidDataException>(() => TokenizerFile.Read(file)).Message;
        Assert.Contains("\"Ġ\" is not in the vocabulary", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no tokenizer_config.json with a tokenizer_class")]
    [InlineData("""{ "tokenizer_class": "RobertaTokenizer" }""",
        "tokenizer_class is \"RobertaTokenizer\", which this sample does not support; it knows GPT2Tokenizer and Qwen2Tokenizer")]
    [InlineData("""{ "tokenizer_class": "GPT2Tokenizer", "add_prefix_space": true }""", "add_prefix_space is true, which")]
    [InlineData("""{ "tokenizer_class": "GPT2Tokenizer" }""", "it knows it with an added_tokens_decoder beside it")]
    [InlineData("""{ "tokenizer_class": "GPT2Tokenizer", "added_tokens_decoder": { "256": { "content": "a", "single_word": true } } }""",
        "single_word is true, which")]
    public void A_vocabulary_with_merges_needs_to_say_how_texts_are_cut(string? config, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("vocab.json", TokenizerFile.ByteLevel()["model"]!["vocab"]!.ToJsonString());
        folder.Write("merges.txt", "#version: 0.2\n");
        if (config is not null)
            folder.Write("tokenizer_config.json", config);
        Assert.Contains(expected, Assert.Throws<NotSupportedException>(() => Tokenizer.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_without_a_token_is_named()
    {
        var tokenizer = TokenizerFile.Read(TokenizerFile.ByteLevel());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([999]));
        Assert.StartsWith("No token has this number.", error.Message, StringComparison.Ordinal);
    }

    private static Tokenizer With(string part, string json, string? preTokenizer = "ByteLevel")
    {
        var file = TokenizerFile.ByteLevel();
        if (preTokenizer is null)
            file["pre_tokenizer"] = null;
        file[part] = JsonNode.Parse(json);
        return TokenizerFile.Read(file);
    }
}
