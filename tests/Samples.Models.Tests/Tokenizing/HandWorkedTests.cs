using System.Text.Json.Nodes;

namespace Samples.Models.Tests.Tokenizing;

/// <summary>
/// Tokens that were derived without a program. In the byte-level files, token n is byte n up to 255 ('a' is 97), and then comes what each merge makes.
/// </summary>
public sealed class HandWorkedTests
{
    // 256 he, 257 ll, 258 hell, 259 " w", 260 hello, 261 or, 262 12, 263 123, 264 34
    private static readonly string[] Merges = ["h e", "l l", "he ll", "Ġ w", "hell o", "o r", "1 2", "12 3", "3 4"];

    [Theory]
    [InlineData("hello world", new[] { 260, 259, 261, 108, 100 })] // hello + " w" or l d
    [InlineData("hellle", new[] { 258, 108, 101 })] // he is first, then the left of the two ll
    [InlineData("lhe", new[] { 108, 256 })]
    [InlineData("", new int[0])]
    [InlineData("é€😀", new[] { 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80 })]
    public void Bytes_are_merged(string text, int[] expected)
    {
        var tokenizer = TokenizerFile.Read(TokenizerFile.ByteLevel(Merges));
        Assert.Equal(expected, tokenizer.Encode(text));
        Assert.Equal(text, tokenizer.Decode(expected));
    }

    [Fact]
    public void Merges_may_be_written_as_pairs()
    {
        var file = TokenizerFile.ByteLevel(Merges);
        file["model"]!["merges"] = new JsonArray([.. Merges.Select(merge => new JsonArray([.. merge.Split(' ').Select(part => JsonValue.Create(part))]))]);
        Assert.Equal([260, 259, 261, 108, 100], TokenizerFile.Read(file).Encode("hello world"));
    }

    /// <summary>Qwen2 cuts numbers into digits, Llama 3 into threes from the left; no merge crosses a cut.</summary>
    [Theory]
    [InlineData(TokenizerFile.Qwen2Pattern, new[] { 49, 50, 51, 52 })]
    [InlineData(TokenizerFile.Llama3Pattern, new[] { 263, 52 })]
    public void Numbers_are_cut(string pattern, int[] expected)
    {
        var file = TokenizerFile.ByteLevel(Merges);
        file["pre_tokenizer"] = TokenizerFile.Cut(pattern);
        Assert.Equal(expected, TokenizerFile.Read(file).Encode("1234"));
    }

    /// <summary>Llama 3's ignore_merges: a whole piece that is a token is taken, even one that no merge leads to.</summary>
    [Theory]
    [InlineData(false, new[] { 259, 261, 108, 100 })]
    [InlineData(true, new[] { 265 })]
    public void Whole_pieces_are_taken_where_the_file_says_so(bool ignoresMerges, int[] expected)
    {
        var file = TokenizerFile.ByteLevel(Merges);
        file["model"]!["vocab"]!["Ġworld"] = 265;
        file["model"]!["ignore_merges"] = ignoresMerges;
        Assert.Equal(expected, TokenizerFile.Read(file).Encode(" world"));
    }

    [Fact]
    public void Added_tokens_are_found_in_the_text_the_longest_first()
    {
        var file = TokenizerFile.ByteLevel(Merges);
        file["added_tokens"] = new JsonArray(
            TokenizerFile.Added(265, "<|end|>"), TokenizerFile.Added(266, "<|end|><|end|>"), TokenizerFile.Added(267, "<mask>", lstrip: true));
        var tokenizer = TokenizerFile.Read(file);

        Assert.Equal([265, 260, 266, 33], tokenizer.Encode("<|end|>hello<|end|><|end|>!"));
        Assert.Equal([97, 267, 32, 98], tokenizer.Encode("a  <mask> b"));
        Assert.Equal("<|end|>hello<|end|><|end|>!", tokenizer.Decode([265, 260, 266, 33]));
    }

    /// <summary>Llama 3 puts its beginning before every text.</summary>
    [Fact]
    public void A_template_surrounds_every_text()
    {
        var file = TokenizerFile.ByteLevel(Merges);
        file["added_tokens"] = new JsonArray(TokenizerFile.Added(265, "<|begin|>"));
        file["post_processor"] = JsonNode.Parse("""
            { "type": "Sequence", "processors": [
              { "type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true },
              { "type": "TemplateProcessing",
                "single": [{ "SpecialToken": { "id": "<|begin|>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } }],
                "pair": [{ "Sequence": { "id": "A", "type_id": 0 } }],
                "special_tokens": { "<|begin|>": { "id": "<|begin|>", "ids": [265], "tokens": ["<|begin|>"] } } } ] }
            """);
        Assert.Equal([265, 260], TokenizerFile.Read(file).Encode("hello"));
        Assert.Equal([265], TokenizerFile.Read(file).Encode(""));
    }

    /// <summary>
    /// NFC, as Qwen2 has it: e and a combining acute are é. An added token that is not normalized is looked for before, another one as it is normalized.
    /// </summary>
    [Fact]
    public void Text_is_normalized()
    {
        var file = TokenizerFile.ByteLevel();
        file["normalizer"] = new JsonObject { ["type"] = "NFC" };
        file["added_tokens"] = new JsonArray(TokenizerFile.Added(256, "e\u0301!"), TokenizerFile.Added(257, "e\u0301?", normalized: true));
        var tokenizer = TokenizerFile.Read(file);
        Assert.Equal([0xC3, 0xA9], tokenizer.Encode("e\u0301"));
        Assert.Equal([256, 257, 257], tokenizer.Encode("e\u0301!e\u0301?é?"));
    }

    /// <summary>Llama 2's: spaces are ▁, and what is in no token is its bytes, &lt;0x00&gt; being token 3.</summary>
    [Fact]
    public void Unknown_characters_fall_back_to_bytes_where_the_file_says_so()
    {
        var tokenizer = TokenizerFile.Read(Llama2());
        int[] expected = [1, 261, 259, 3 + 0xC3, 3 + 0xA9];
        Assert.Equal(expected, tokenizer.Encode("a é"));
        Assert.Equal("a é", tokenizer.Decode(expected.Skip(1)));
        Assert.Equal("a\uFFFD", tokenizer.Decode([261, 3 + 0xC3])); // Half of an é.
    }

    private static JsonObject Llama2()
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0, ["<s>"] = 1, ["</s>"] = 2 };
        for (var value = 0; value < 256; value++)
            vocabulary[$"<0x{value:X2}>"] = value + 3;
        vocabulary["▁"] = 259;
        vocabulary["a"] = 260;
        vocabulary["▁a"] = 261;
        var file = (JsonObject)JsonNode.Parse("""
            {
              "added_tokens": [],
              "normalizer": { "type": "Sequence", "normalizers": [
                { "type": "Prepend", "prepend": "▁" }, { "type": "Replace", "pattern": { "String": " " }, "content": "▁" } ] },
              "pre_tokenizer": null,
              "post_processor": { "type": "TemplateProcessing",
                "single": [{ "SpecialToken": { "id": "<s>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } }],
                "special_tokens": { "<s>": { "id": "<s>", "ids": [1], "tokens": ["<s>"] } } },
              "decoder": { "type": "Sequence", "decoders": [
                { "type": "Replace", "pattern": { "String": "▁" }, "content": " " }, { "type": "ByteFallback" }, { "type": "Fuse" },
                { "type": "Strip", "content": " ", "start": 1, "stop": 0 } ] },
              "model": { "type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true, "merges": ["▁ a"] }
            }
            """)!;
        file["model"]!["vocab"] = vocabulary;
        return file;
    }
}
