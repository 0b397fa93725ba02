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

    [Fact]
    public void GPT2_puts_a_space_before_where_the_file_says_so()
    {
        Assert.Equal(["Ġhi", "Ġyou"], Pieces("""{ "type": "ByteLevel", "add_prefix_space": true }""", "hi you"));
        Assert.Equal(["Ġhi", "Ġyou"], Pieces("""{ "type": "ByteLevel", "add_prefix_space": true }""", " hi you"));
        Assert.Equal(["hi", "Ġyou"], Pieces("""{ "type": "ByteLevel", "add_prefix_space": false }""", "hi you"));
    }

    private static string Split(string pattern, string behavior, bool invert)
    {
        return JsonSerializer.Serialize(new { type = "Split", pattern = new { Regex = pattern }, behavior, invert });
    }

    private static IEnumerable<string> Pieces(string json, string text)
    {
        using var document = JsonDocument.Parse(json);
        return PreTokenizers.Read(new TokenizerJson("pre_tokenizer", document.RootElement.Clone()))(text);
    }
}
