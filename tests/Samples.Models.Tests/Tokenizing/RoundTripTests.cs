using System.Text;
using System.Text.Json.Nodes;
using Inference.Generation;
using Inference.Tokenizing;

namespace Samples.Models.Tests.Tokenizing;

/// <summary>Any text comes back from its tokens.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Merges =
        ["Ġ t", "Ġ a", "h e", "i n", "r e", "o n", "Ġt he", "e r", "Ġ s", "a t", "Ã ©", "ð Ł", "ðŁ ĺ", "Ċ Ċ", "Ġ Ġ"];

    [Theory]
    [InlineData(null), InlineData(TokenizerFile.Qwen2Pattern), InlineData(TokenizerFile.Llama3Pattern)]
    public void A_random_text_comes_back(string? pattern)
    {
        var file = TokenizerFile.ByteLevel(Merges);
        file["added_tokens"] = new JsonArray(TokenizerFile.Added(271, "<|im_start|>"), TokenizerFile.Added(272, "  \n"));
        if (pattern is not null)
            file["pre_tokenizer"] = TokenizerFile.Cut(pattern);
        var tokenizer = TokenizerFile.Read(file);
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var text = RandomText(random);
            var tokens = tokenizer.Encode(text);
            Assert.Equal(text, tokenizer.Decode(tokens));
            Assert.Equal(text, Streamed(tokenizer, tokens));
        }
    }

    // Shown token by token, where a character may be spread over several.
    private static string Streamed(Tokenizer tokenizer, IReadOnlyList<int> tokens)
    {
        var writer = new StringWriter { NewLine = "" };
        var stream = new TextStream(tokenizer, writer);
        foreach (var token in tokens)
            stream.Show(token);
        stream.End();
        return writer.ToString();
    }

    private static string RandomText(Random random)
    {
        string[] common = [" the", " at", "'re", "é", "😀", "\n\n", "  \n", "<|im_start|>", "<|im_", " ", "123", "in", "\u0301", "한국", "\u200D"];
        var text = new StringBuilder();
        for (var i = random.Next(30); i > 0; i--)
            text.Append(random.Next(3) == 0 ? RandomRune(random).ToString() : common[random.Next(common.Length)]);
        return text.ToString();
    }

    private static Rune RandomRune(Random random)
    {
        int[] ends = [0x80, 0x800, 0x10000, 0x110000];
        while (true)
        {
            if (Rune.TryCreate(random.Next(ends[random.Next(ends.Length)]), out var rune))
                return rune;
        }
    }
}
