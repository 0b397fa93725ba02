using System.Text.Json;
using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing;

/// <summary>Pieces, as the patterns' own definition has them.</summary>
public sealed class CutTests
{
    [Theory]
    [InlineData("I'm  here", new[] { "I", "'m", " ", " here" })] // Of two spaces the second goes with the word.
    [InlineData("WE'LL", new[] { "WE", "'LL" })]
    [InlineData("a.b c", new[] { "a", ".b", " c" })] // One sign may lead a word.
    [InlineData("x = 12\n\n  y", new[] { "x", " =", " ", "1", "2", "\n\n", " ", " y" })]
    [InlineData("  ", new[] { "  " })]
    public void Qwen2_cuts(string text, string[] expected) => Assert.Equal(expected, Pieces(Split(TokenizerFile.Qwen2Pattern, "Isolated", false), text));

    /// <summary>Letters and numbers beyond U+FFFF are letters and numbers: 𝐛 is one, 𝟙 is the other, 😀 is neither.</summary>
    [Theory]
    [InlineData("a𝐛c𝟙😀!", new[] { "a𝐛c", "𝟙", "😀!" })]
    [InlineData("𠀀𠀁 𐐷", new[] { "𠀀𠀁", " 𐐷" })]
    public void Characters_of_two_halves_are_cut_by_what_they_are(string text, string[] expected)
    {
        Assert.Equal(expected, Pieces(Split(TokenizerFile.Qwen2Pattern, "Isolated", false), text));
    }

    [Theory]
    [InlineData("Isolated", false, new[] { "a", "1", "b", "2" })]
    [InlineData("Removed", false, new[] { "a", "b" })]
    [InlineData("Removed", true, new[] { "1", "2" })]
    public void A_match_is_kept_or_removed(string behavior, bool invert, string[] expected)
    {
        Assert.Equal(expected, Pieces(Split(@"\p{N}", behavior, invert), "a1b2"));
    }

    [Theory]
    [InlineData("""{ "type": "ByteLevel", "add_prefix_space": true }""", "hi you", new[] { " hi", " you" })]
    [InlineData("""{ "type": "ByteLevel", "add_prefix_space": true }""", " hi you", new[] { " hi", " you" })]
    [InlineData("""{ "type": "ByteLevel", "add_prefix_space": false }""", "hi you", new[] { "hi", " you" })]
    [InlineData("""{ "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always" }""", "hi  you", new[] { "▁hi", "▁", "▁you" })]
    [InlineData("""{ "type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": false }""", "hi you", new[] { "hi▁you" })]
    [InlineData("""{ "type": "BertPreTokenizer" }""", "a b$c", new[] { "a", "b", "$", "c" })]
    [InlineData("""{ "type": "Sequence", "pretokenizers": [{ "type": "ByteLevel", "add_prefix_space": true }] }""", "hi you", new[] { " hi", " you" })]
    public void A_text_is_cut_as_the_file_says(string json, string text, string[] expected) => Assert.Equal(expected, Pieces(json, text));

    private static string Split(string pattern, string behavior, bool invert)
    {
        return JsonSerializer.Serialize(new { type = "Split", pattern = new { Regex = pattern }, behavior, invert });
    }

    private static IEnumerable<string> Pieces(string json, string text)
    {
        using var document = JsonDocument.Parse(json);
        var cutter = PreTokenizers.Read(new TokenizerJson("tokenizer.json", "pre_tokenizer", document.RootElement.Clone()));
        var prepared = cutter.Prepare(text, isFirst: true);
        return cutter.Cut?.PreTokenize(prepared).Select(piece => prepared.Substring(piece.Offset, piece.Length)) ?? [prepared];
    }
}
