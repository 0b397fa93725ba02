using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A layer, or a list of layers, whose rank an attribute sets.</summary>
/// <param name="Name">Its path, or its name if the attribute is on the member itself.</param>
/// <param name="Holder">The class whose constructors and initializers create it.</param>
/// <param name="IsSure">Whether it is adapted at every path.</param>
/// <param name="Value">The expression that creates it, if it is a module of the Sequential in the member.</param>
internal sealed record RankedLayer(string Name, ISymbol Member, INamedTypeSymbol Holder, bool IsInList, bool IsSure, IOperation? Value = null);
