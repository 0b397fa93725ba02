using LoraGen.Training.Chat;
using LoraGen.Training.Tokens;

namespace LoraGen.Training.Tests.Data.Chat;

/// <summary>Conversations become tokens, with a real vocabulary and the templates' special tokens.</summary>
public sealed class ChatTokensTests
{
    /// <summary>Token by token: by GPT-2's vocabulary, "system" is 10057, a line break 198, "user" 7220, "assistant" 562 10167, "Hi" 17250, "!" 0.</summary>
    [Fact]
    public void Each_token_of_a_conversation_is_known()
    {
        var conversation = new Conversation(
            [new(ChatRole.System, "Hi"), new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hi!")]);

        var example = new TextTokenizer(Vocabularies.Qwen).Encode(ChatTemplate.Qwen25.Pieces(conversation));

        Assert.Equal(
            [50257, 10057, 198, 17250, 50258, 198, 50257, 7220, 198, 17250, 50258, 198, 50257, 562, 10167, 198, 17250, 0, 50258, 198], example.Ids.ToArray());
        Assert.Equal([16, 17, 18], Enumerable.Range(0, example.Length).Where(token => example.Learned.Span[token]));
    }

    [Theory]
    [InlineData("ChatML", "System")]
    [InlineData("Qwen2", "SecondSystem")]
    [InlineData("Qwen2.5", "System")]
    [InlineData("Llama 3", "TwoTurns")]
    [InlineData("Llama 3", "System")]
    [InlineData("Llama 3.1", "TwoTurns")]
    public void The_tokens_are_those_of_the_whole_text(string template, string conversation)
    {
        var (chat, messages) = (Samples.Template(template), Samples.Of(conversation));
        var tokenizer = template.StartsWith("Llama", StringComparison.Ordinal) ? Vocabularies.Llama : Vocabularies.Qwen;

        var example = new TextTokenizer(tokenizer).Encode(chat.Pieces(messages));

        Assert.Equal(tokenizer.EncodeToIds(chat.Text(messages)), example.Ids.ToArray());
        var learned = example.Ids.ToArray().Where((_, token) => example.Learned.Span[token]);
        Assert.Equal(string.Concat(chat.Pieces(messages).Where(piece => piece.IsLearned).Select(piece => piece.Text)), tokenizer.Decode(learned));
    }

    /// <summary>Where an answer begins with a line break, the whole text has one token for two line breaks, which generation can't produce.</summary>
    [Fact]
    public void A_prompt_has_the_tokens_that_it_has_in_generation()
    {
        var (template, tokenizer) = (ChatTemplate.Qwen25, Vocabularies.Qwen);
        var question = new ChatMessage(ChatRole.User, "Hi");
        var conversation = new Conversation([question, new(ChatRole.Assistant, "\nHi")]);

        var example = new TextTokenizer(tokenizer).Encode(template.Pieces(conversation));

        var prompt = tokenizer.EncodeToIds(template.Prompt(new Conversation([question])));
        Assert.Equal(prompt, example.Ids.ToArray()[..prompt.Count]);
        Assert.NotEqual(tokenizer.EncodeToIds(template.Text(conversation)), example.Ids.ToArray());
    }
}
