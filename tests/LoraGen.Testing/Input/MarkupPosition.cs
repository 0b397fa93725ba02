namespace LoraGen.Testing;

/// <summary>A place marked by <c>$$</c>, counted in the text without markup.</summary>
public sealed record MarkupPosition(string File, int Offset);
