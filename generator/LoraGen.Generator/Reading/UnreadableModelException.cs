namespace LoraGen.Generator.Reading;

/// <summary>What the user wrote can't be read; its message is for the user, not for us.</summary>
internal sealed class UnreadableModelException(string message) : Exception(message);
