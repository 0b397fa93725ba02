using LoraGen.Training.Tokens;

namespace LoraGen.Training.Chat;

/// <summary>
/// How a model's conversations are written as text, as the <c>chat_template</c> in its tokenizer_config.json does (without tools). The assistant's messages,
/// with the token that ends them, are learned; everything else is not.
/// </summary>
public sealed class ChatTemplate
{
    private readonly string _beginning;
    private readonly string _headerStart;
    private readonly string _headerEnd;
    private readonly string _turnEnd;
    private readonly string _afterTurn;
    private readonly string? _defaultSystem;
    private readonly string _systemPrefix;
    private readonly bool _trims;

    private ChatTemplate(
        string name, string headerStart, string headerEnd, string turnEnd, string afterTurn = "", string beginning = "", string? defaultSystem = null,
        string systemPrefix = "", bool trims = false)
    {
        Name = name;
        _headerStart = headerStart;
        _headerEnd = headerEnd;
        _turnEnd = turnEnd;
        _afterTurn = afterTurn;
        _beginning = beginning;
        _defaultSystem = defaultSystem;
        _systemPrefix = systemPrefix;
        _trims = trims;
    }

    /// <summary>ChatML without a default system message (OpenAI 2023, "Chat Markup Language").</summary>
    public static ChatTemplate ChatMl { get; } = CreateChatMl("ChatML", null);

    /// <summary>The template of Qwen2-Instruct (Qwen/Qwen2-7B-Instruct, tokenizer_config.json): ChatML with a default system message.</summary>
    public static ChatTemplate Qwen2 { get; } = CreateChatMl("Qwen2", "You are a helpful assistant.");

    /// <summary>The template of Qwen2.5-Instruct (Qwen/Qwen2.5-7B-Instruct, tokenizer_config.json): ChatML with a default system message.</summary>
    public static ChatTemplate Qwen25 { get; } = CreateChatMl("Qwen2.5", "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.");

    /// <summary>The template of Llama 3 (meta-llama/Meta-Llama-3-8B-Instruct, tokenizer_config.json). White space around messages is removed.</summary>
    public static ChatTemplate Llama3 { get; } = CreateLlama("Llama 3", null, string.Empty);

    /// <summary>
    /// The template of Llama 3.1 (meta-llama/Llama-3.1-8B-Instruct, tokenizer_config.json): that of Llama 3 with a system message that always begins with two
    /// dates. The second is 26 July 2024, which the template writes where it isn't told the day.
    /// </summary>
    public static ChatTemplate Llama31 { get; } = CreateLlama("Llama 3.1", string.Empty, "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n");

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>The text of the token that ends a message, such as <c>&lt;|im_end|&gt;</c>: generation stops at it.</summary>
    public string TurnEnd => _turnEnd;

    /// <summary>The pieces of a conversation; joined, they are the template's output.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <exception cref="ArgumentException">A message contains a special token of the template, which would end it early.</exception>
    public IReadOnlyList<TextPiece> Pieces(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var pieces = new List<TextPiece>();
        if (_beginning.Length > 0)
            pieces.Add(new TextPiece(_beginning, false));
        if (_defaultSystem is { } system && conversation.Messages[0].Role != ChatRole.System)
            pieces.Add(new TextPiece(Header(ChatRole.System) + _systemPrefix + system + _turnEnd + _afterTurn, false));
        for (var index = 0; index < conversation.Messages.Count; index++)
            Add(pieces, conversation, index);
        return pieces;
    }

    /// <summary>The text of a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <exception cref="ArgumentException">A message contains a special token of the template.</exception>
    public string Text(Conversation conversation) => string.Concat(Pieces(conversation).Select(piece => piece.Text));

    /// <summary>
    /// The text of a conversation, and the beginning of the assistant's next message (<c>add_generation_prompt</c>): what a model is given to answer.
    /// </summary>
    /// <param name="conversation">The conversation, which usually ends with the user.</param>
    /// <exception cref="ArgumentException">A message contains a special token of the template.</exception>
    public string Prompt(Conversation conversation) => Text(conversation) + Header(ChatRole.Assistant);

    private static ChatTemplate CreateChatMl(string name, string? defaultSystem)
    {
        return new ChatTemplate(name, "<|im_start|>", "\n", "<|im_end|>", afterTurn: "\n", defaultSystem: defaultSystem);
    }

    private static ChatTemplate CreateLlama(string name, string? defaultSystem, string systemPrefix)
    {
        return new ChatTemplate(
            name, "<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>", beginning: "<|begin_of_text|>", defaultSystem: defaultSystem,
            systemPrefix: systemPrefix, trims: true);
    }

    private static string RoleName(ChatRole role) => role switch
    {
        ChatRole.System => "system",
        ChatRole.User => "user",
        ChatRole.Assistant => "assistant",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "This is no role."),
    };

    private string Header(ChatRole role) => _headerStart + RoleName(role) + _headerEnd;

    private void Add(List<TextPiece> pieces, Conversation conversation, int index)
    {
        var (role, content) = conversation.Messages[index];
        Check(content, conversation, index);
        content = (index == 0 && role == ChatRole.System ? _systemPrefix : string.Empty) + (_trims ? PythonText.Strip(content) : content);
        if (role != ChatRole.Assistant)
        {
            pieces.Add(new TextPiece(Header(role) + content + _turnEnd + _afterTurn, false));
            return;
        }

        pieces.Add(new TextPiece(Header(role), false));
        pieces.Add(new TextPiece(content + _turnEnd, true));
        if (_afterTurn.Length > 0)
            pieces.Add(new TextPiece(_afterTurn, false));
    }

    private void Check(string content, Conversation conversation, int index)
    {
        string[] marks = [_headerStart, _turnEnd, _headerEnd.Trim(), _beginning];
        if (marks.FirstOrDefault(mark => mark.Length > 0 && content.Contains(mark, StringComparison.Ordinal)) is { } found)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{conversation.Location?.ToString() ?? "The conversation"}: message {index + 1} contains {found}, ")
                + $"a special token of {Name}'s template, so it would not be one message. Remove it from the text.", nameof(conversation));
        }
    }
}
