using System.Text.Json.Nodes;
using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing;

/// <summary>What the reader doesn't know or can't use is refused, never skipped.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("normalizer", """{ "type": "BertNormalizer" }""", "normalizer: the normalizer BertNormalizer is not supported by this sample")]
    [InlineData("pre_tokenizer", """{ "type": "Metaspace" }""", "pre_tokenizer: the pre-tokenizer Metaspace is not supported by this sample")]
    [InlineData("pre_tokenizer", """{ "type": "Split", "pattern": { "String": " " }, "behavior": "MergedWithNext" }""", "the behavior MergedWithNext is not")]
    [InlineData("post_processor", """{ "type": "BertProcessing" }""", "post_processor: the post-processor BertProcessing is not supported")]
    [InlineData("decoder", """{ "type": "WordPiece" }""", "decoder: the decoder WordPiece is not supported")]
    [InlineData("model", """{ "type": "WordPiece", "vocab": {} }""", "model: the model WordPiece is not supported")]
    [InlineData("model", """{ "type": "BPE", "vocab": {}, "merges": [], "end_of_word_suffix": "</w>" }""", "model: end_of_word_suffix is not supported")]
    public void An_unknown_part_is_named(string part, string json, string expected)
    {
        Assert.Contains(expected, Assert.Throws<NotSupportedException>(() => With(part, json)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model", """{ "type": "BPE", "vocab": { "a": 0 }, "merges": ["a b"] }""", "model.merges[0]: \"b\" is not in the vocabulary")]
    [InlineData("model", """{ "type": "BPE", "vocab": { "a": 0, "aa": 1 }, "merges": ["a a", "a a"] }""", "model.merges[1]: \"a\" and \"a\" are merged twice")]
    [InlineData("model", """{ "type": "BPE", "vocab": { "a": 0 }, "merges": ["a"] }""", "model.merges[0]: expected two tokens")]
    [InlineData("model", """{ "type": "BPE", "vocab": { "a": "0" }, "merges": [] }""", "model.vocab.a: expected a whole number")]
    [InlineData("model", """{ "type": "BPE", "merges": [] }""", "model: vocab is missing")]
    [InlineData("pre_tokenizer", """{ "type": "Split", "pattern": { "Regex": "(" }, "behavior": "Isolated" }""", "pattern: not a regular expression of .NET")]
    public void A_broken_part_is_named(string part, string json, string expected)
    {
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => With(part, json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_without_a_token_is_named()
    {
        var tokenizer = With("model", """{ "type": "BPE", "vocab": { "a": 0 }, "merges": [] }""");
        var error = Assert.Throws<InvalidDataException>(() => tokenizer.Encode("ab"));
        Assert.Contains("\"b\" (U+0062), which is in no token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_without_a_token_is_named()
    {
        var tokenizer = TokenizerFile.Read(TokenizerFile.ByteLevel());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([999]));
        Assert.StartsWith("No token has this number.", error.Message, StringComparison.Ordinal);
    }

    private static Tokenizer With(string part, string json)
    {
        var file = TokenizerFile.ByteLevel();
        file[part] = JsonNode.Parse(json);
        return TokenizerFile.Read(file);
    }
}
