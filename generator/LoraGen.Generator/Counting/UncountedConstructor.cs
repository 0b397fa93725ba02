using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Counting;

/// <summary>A constructor of a model that is not mirrored. It holds syntax, so it is for analyzers: no step of the generator keeps one.</summary>
/// <param name="Why">One sentence, as it stands in <see cref="CountFacts.Unknown"/>.</param>
/// <param name="Place">The expression that stopped the reading; null where none did.</param>
internal sealed record UncountedConstructor(IMethodSymbol Constructor, string Why, SyntaxNode? Place);
