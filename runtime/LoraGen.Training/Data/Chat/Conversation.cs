using LoraGen.Training.Reading;

namespace LoraGen.Training.Chat;

/// <summary>Messages in order.</summary>
public sealed class Conversation
{
    /// <summary>Creates a conversation.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="location">Where it was read, for messages of errors; null if it was not read.</param>
    /// <exception cref="ArgumentException">There is no message.</exception>
    public Conversation(IReadOnlyList<ChatMessage> messages, DataLocation? location = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
            throw new ArgumentException("A conversation has at least one message.", nameof(messages));
        Messages = messages;
        Location = location;
    }

    /// <summary>The messages.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>
    /// What the user and the assistant say, joined by line breaks: what conversations are compared by. System messages, which many conversations share, would
    /// make them similar.
    /// </summary>
    public string Text => string.Join('\n', Messages.Where(message => message.Role != ChatRole.System).Select(message => message.Content));

    /// <summary>Where the conversation was read; null if it was not read.</summary>
    public DataLocation? Location { get; }
}
