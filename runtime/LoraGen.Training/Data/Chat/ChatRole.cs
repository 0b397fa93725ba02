namespace LoraGen.Training.Chat;

/// <summary>Who says a message.</summary>
public enum ChatRole
{
    /// <summary>What the assistant is told to be.</summary>
    System,

    /// <summary>The user.</summary>
    User,

    /// <summary>The assistant, whose messages are learned.</summary>
    Assistant,
}
