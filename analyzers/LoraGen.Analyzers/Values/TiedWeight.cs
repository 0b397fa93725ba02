using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Two members that hold layers with one weight.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="IsSure">Whether they are tied whatever the constructor's arguments are.</param>
/// <param name="Assignment">The assignment after which they are.</param>
internal sealed record TiedWeight(ISymbol First, ISymbol Second, bool IsSure, IOperation Assignment);
