namespace LoraGen.Generator.Reading;

/// <summary>The user's code can't be read. The message is for users.</summary>
internal sealed class UnreadableModelException(string message) : Exception(message);
