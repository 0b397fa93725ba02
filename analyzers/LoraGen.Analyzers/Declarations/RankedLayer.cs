using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A layer, or a list of such, whose rank an attribute sets.</summary>
/// <param name="Name">Its path, or its name where the attribute stands on it.</param>
/// <param name="Holder">The class in which constructors and initializers make it.</param>
/// <param name="IsSure">Whether it is adapted wherever it stands.</param>
internal sealed record RankedLayer(string Name, ISymbol Member, INamedTypeSymbol Holder, bool IsInList, bool IsSure);
