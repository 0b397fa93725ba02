using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>One reason why constructors of an adapted model can't be repeated.</summary>
/// <param name="Why">A sentence that begins with the class in which it lies.</param>
/// <param name="Constructors">The model's constructors that it stops.</param>
/// <param name="Place">The expression that stopped the reading; the attribute's name where none did in the project's own source.</param>
internal sealed record UncountedModel(string Why, IReadOnlyList<IMethodSymbol> Constructors, SyntaxNode Place);
