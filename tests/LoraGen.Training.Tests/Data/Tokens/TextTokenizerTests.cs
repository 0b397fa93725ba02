using LoraGen.Training.Tokens;
using Microsoft.ML.Tokenizers;

namespace LoraGen.Training.Tests.Data.Tokens;

/// <summary>Texts become tokens, with a real vocabulary.</summary>
public sealed class TextTokenizerTests
{
    private static readonly Tokenizer Gpt2 = TiktokenTokenizer.CreateForModel("gpt2");

    [Fact]
    public void A_document_is_learned_as_a_whole()
    {
        // "Hello world" is 15496, 995 in GPT-2's vocabulary, and 50256 its end of text.
        var example = new TextTokenizer(Gpt2) { Beginning = 50256, End = 50256 }.Document("Hello world");

        Assert.Equal([50256, 15496, 995, 50256], example.Ids.ToArray());
        Assert.Equal([false, true, true, true], example.Learned.ToArray());
        Assert.Equal(3, example.LearnedCount);
    }

    [Fact]
    public void An_answer_is_learned_and_its_prompt_is_not()
    {
        var example = new TextTokenizer(Gpt2) { End = 50256 }.PromptAndAnswer("Hello", " world");

        Assert.Equal([15496, 995, 50256], example.Ids.ToArray());
        Assert.Equal([false, true, true], example.Learned.ToArray());
    }

    [Fact]
    public void Tokens_span_pieces_of_one_kind_and_never_the_border_to_an_answer()
    {
        var tokenizer = new TextTokenizer(Gpt2);
        string[] parts = ["Hel", "lo"];

        Assert.Equal([15496], tokenizer.Encode(parts.Select(part => new TextPiece(part, true))).Ids.ToArray());
        Assert.Equal(
            [.. Gpt2.EncodeToIds("Hel"), .. Gpt2.EncodeToIds("lo")], tokenizer.Encode([new TextPiece("Hel", false), new TextPiece("lo", true)]).Ids.ToArray());
    }

    [Fact]
    public void A_tokenizer_that_adds_tokens_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new TextTokenizer(text => [1, .. Gpt2.EncodeToIds(text), 2]));

        Assert.Contains("the tokens 1, 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_needs_a_token_and_a_flag_for_each()
    {
        Assert.Throws<ArgumentException>(() => new TextTokenizer(Gpt2).Document(string.Empty));
        Assert.Throws<ArgumentException>(() => new TokenizedExample((int[])[1, 2], (bool[])[true]));
    }
}
