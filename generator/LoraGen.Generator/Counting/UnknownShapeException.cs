using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Counting;

/// <summary>Something of a constructor can't be mirrored; its message says what, for the user.</summary>
/// <param name="message">A sentence.</param>
/// <param name="place">What stopped the reading; null where that is no piece of source.</param>
internal sealed class UnknownShapeException(string message, SyntaxNode? place = null) : Exception(message)
{
    public SyntaxNode? Place => place;

    /// <summary>The same, with the place that asked for it where it has none of its own.</summary>
    public UnknownShapeException At(SyntaxNode asking) => place is null ? new(Message, asking) : this;
}
