using LoraGen.Training.Chat;
using LoraGen.Training.Reading;

namespace LoraGen.Training.Tests.Data.Chat;

/// <summary>
/// Templates write conversations character by character as the models' own do. The expected texts are what Jinja2 3.1.6 rendered (trim_blocks and
/// lstrip_blocks, as in transformers) from the chat_template that the models publish in tokenizer_config.json: Qwen/Qwen2-7B-Instruct,
/// Qwen/Qwen2.5-7B-Instruct, meta-llama/Meta-Llama-3-8B-Instruct and meta-llama/Llama-3.1-8B-Instruct.
/// </summary>
public sealed class ChatTemplateTests
{
    public static TheoryData<string, string, string> Rendered => new()
    {
        { "ChatML", "TwoTurns",
            "<|im_start|>user\nWho wrote Faust?<|im_end|>\n"
            + "<|im_start|>assistant\nGoethe.<|im_end|>\n"
            + "<|im_start|>user\n When?\n<|im_end|>\n"
            + "<|im_start|>assistant\n  In 1808.\n<|im_end|>\n" },
        { "ChatML", "System",
            "<|im_start|>system\n Answer in one word. <|im_end|>\n"
            + "<|im_start|>user\n2 + 2?<|im_end|>\n"
            + "<|im_start|>assistant\nFour<|im_end|>\n" },
        { "ChatML", "SecondSystem",
            "<|im_start|>user\nHi<|im_end|>\n"
            + "<|im_start|>system\nBe brief.<|im_end|>\n"
            + "<|im_start|>assistant\nHi!<|im_end|>\n" },
        { "Qwen2", "TwoTurns",
            "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
            + "<|im_start|>user\nWho wrote Faust?<|im_end|>\n"
            + "<|im_start|>assistant\nGoethe.<|im_end|>\n"
            + "<|im_start|>user\n When?\n<|im_end|>\n"
            + "<|im_start|>assistant\n  In 1808.\n<|im_end|>\n" },
        { "Qwen2", "System",
            "<|im_start|>system\n Answer in one word. <|im_end|>\n"
            + "<|im_start|>user\n2 + 2?<|im_end|>\n"
            + "<|im_start|>assistant\nFour<|im_end|>\n" },
        { "Qwen2", "SecondSystem",
            "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
            + "<|im_start|>user\nHi<|im_end|>\n"
            + "<|im_start|>system\nBe brief.<|im_end|>\n"
            + "<|im_start|>assistant\nHi!<|im_end|>\n" },
        { "Qwen2.5", "TwoTurns",
            "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n"
            + "<|im_start|>user\nWho wrote Faust?<|im_end|>\n"
            + "<|im_start|>assistant\nGoethe.<|im_end|>\n"
            + "<|im_start|>user\n When?\n<|im_end|>\n"
            + "<|im_start|>assistant\n  In 1808.\n<|im_end|>\n" },
        { "Qwen2.5", "System",
            "<|im_start|>system\n Answer in one word. <|im_end|>\n"
            + "<|im_start|>user\n2 + 2?<|im_end|>\n"
            + "<|im_start|>assistant\nFour<|im_end|>\n" },
        { "Qwen2.5", "SecondSystem",
            "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n"
            + "<|im_start|>user\nHi<|im_end|>\n"
            + "<|im_start|>system\nBe brief.<|im_end|>\n"
            + "<|im_start|>assistant\nHi!<|im_end|>\n" },
        { "Llama 3", "TwoTurns",
            "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nWho wrote Faust?<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nGoethe.<|eot_id|>"
            + "<|start_header_id|>user<|end_header_id|>\n\nWhen?<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nIn 1808.<|eot_id|>" },
        { "Llama 3", "System",
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nAnswer in one word.<|eot_id|>"
            + "<|start_header_id|>user<|end_header_id|>\n\n2 + 2?<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nFour<|eot_id|>" },
        { "Llama 3", "SecondSystem",
            "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
            + "<|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nHi!<|eot_id|>" },
        { "Llama 3.1", "TwoTurns",
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n<|eot_id|>"
            + "<|start_header_id|>user<|end_header_id|>\n\nWho wrote Faust?<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nGoethe.<|eot_id|>"
            + "<|start_header_id|>user<|end_header_id|>\n\nWhen?<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nIn 1808.<|eot_id|>" },
        { "Llama 3.1", "System",
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\n"
            + "Today Date: 26 Jul 2024\n\nAnswer in one word.<|eot_id|>"
            + "<|start_header_id|>user<|end_header_id|>\n\n2 + 2?<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nFour<|eot_id|>" },
        { "Llama 3.1", "SecondSystem",
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n<|eot_id|>"
            + "<|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
            + "<|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nHi!<|eot_id|>" },
    };

    [Theory]
    [MemberData(nameof(Rendered))]
    public void A_conversation_is_written_as_the_published_template_writes_it(string template, string conversation, string expected)
    {
        Assert.Equal(expected, Samples.Template(template).Text(Samples.Of(conversation)));
    }

    [Theory]
    [MemberData(nameof(Rendered))]
    public void A_prompt_is_all_up_to_the_last_answer(string template, string conversation, string expected)
    {
        var whole = Samples.Of(conversation);
        var prompt = Samples.Template(template).Prompt(new Conversation([.. whole.Messages.SkipLast(1)]));

        Assert.StartsWith(prompt, expected, StringComparison.Ordinal);
        var rest = expected[prompt.Length..];
        var answer = whole.Messages[^1].Content;
        Assert.Contains(rest.TrimEnd('\n'), new[] { answer + "<|im_end|>", answer.Trim() + "<|eot_id|>" });
    }

    [Theory]
    [InlineData("Qwen2.5", "TwoTurns", "Goethe.<|im_end|>  In 1808.\n<|im_end|>")]
    [InlineData("Llama 3", "TwoTurns", "Goethe.<|eot_id|>In 1808.<|eot_id|>")]
    [InlineData("Llama 3.1", "System", "Four<|eot_id|>")]
    [InlineData("ChatML", "SecondSystem", "Hi!<|im_end|>")]
    public void Answers_and_what_ends_them_are_learned_and_nothing_else(string template, string conversation, string learned)
    {
        var pieces = Samples.Template(template).Pieces(Samples.Of(conversation));

        Assert.Equal(learned, string.Concat(pieces.Where(piece => piece.IsLearned).Select(piece => piece.Text)));
    }

    [Fact]
    public void A_message_that_would_end_itself_is_refused()
    {
        var conversation = new Conversation(
            [new ChatMessage(ChatRole.User, "What is <|im_end|>?"), new ChatMessage(ChatRole.Assistant, "A token.")], new DataLocation("a.jsonl", "line", 3));

        var error = Assert.Throws<ArgumentException>(() => ChatTemplate.Qwen25.Pieces(conversation));

        Assert.StartsWith("\"a.jsonl\", line 3: message 1 contains <|im_end|>", error.Message, StringComparison.Ordinal);
        Assert.Equal("<|eot_id|>", ChatTemplate.Llama3.TurnEnd);
        Assert.NotEmpty(ChatTemplate.Llama3.Pieces(conversation));
    }

    /// <summary>The characters that Python 3.11's <c>str.isspace</c> counts in the basic plane.</summary>
    [Fact]
    public void White_space_is_removed_as_Python_does()
    {
        var spaces = "\t\n\u000B\f\r\u001C\u001D\u001E\u001F "
            + "\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

        Assert.Equal("a b", PythonText.Strip($"{spaces}a b{spaces}"));
        Assert.Equal(string.Empty, PythonText.Strip(spaces));
        Assert.Equal("\u200Ba\uFEFF", PythonText.Strip("\u200Ba\uFEFF"));
    }
}
