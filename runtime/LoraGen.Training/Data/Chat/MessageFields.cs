namespace LoraGen.Training.Chat;

/// <summary>How the fields and roles of conversations are named, as the columns and tags in LLaMA-Factory's dataset_info.json.</summary>
public sealed record MessageFields
{
    /// <summary>ShareGPT's names: <c>conversations</c> with <c>from</c> (<c>human</c>, <c>gpt</c>, <c>system</c>) and <c>value</c>.</summary>
    public static MessageFields ShareGpt { get; } = new();

    /// <summary>
    /// OpenAI's names, which ChatML data has: <c>messages</c> with <c>role</c> (<c>user</c>, <c>assistant</c>, <c>system</c>) and <c>content</c>.
    /// </summary>
    public static MessageFields OpenAI { get; } = new()
    {
        Messages = "messages", RoleTag = "role", ContentTag = "content", UserTag = "user", AssistantTag = "assistant",
    };

    /// <summary>The field with the list of messages. Default: <c>conversations</c>.</summary>
    public string Messages { get; init; } = "conversations";

    /// <summary>
    /// The field beside the messages with a system message, which counts if the first message is none; missing, null or empty for none. Default: <c>system</c>.
    /// </summary>
    public string System { get; init; } = "system";

    /// <summary>The field beside the messages that describes tools. A record with tools is refused. Default: <c>tools</c>.</summary>
    public string Tools { get; init; } = "tools";

    /// <summary>The field of a message that names its role. Default: <c>from</c>.</summary>
    public string RoleTag { get; init; } = "from";

    /// <summary>The field of a message that has its text. Default: <c>value</c>.</summary>
    public string ContentTag { get; init; } = "value";

    /// <summary>The role of the user. Default: <c>human</c>.</summary>
    public string UserTag { get; init; } = "human";

    /// <summary>The role of the assistant. Default: <c>gpt</c>.</summary>
    public string AssistantTag { get; init; } = "gpt";

    /// <summary>The role of a system message. Default: <c>system</c>.</summary>
    public string SystemTag { get; init; } = "system";
}
