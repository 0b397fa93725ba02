namespace LoraGen.Testing;

/// <summary>Thrown when a check of the harness fails; the message says what was found where and what to do about it.</summary>
public sealed class HarnessException(string message, Exception? inner = null) : Exception(message, inner);
