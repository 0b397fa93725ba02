namespace LoraGen.Generator.Counting;

/// <summary>Something of a constructor can't be mirrored; its message says what, for the user.</summary>
internal sealed class UnknownShapeException(string message) : Exception(message);
