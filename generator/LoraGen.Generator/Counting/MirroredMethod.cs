using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Counting;

/// <summary>A method as a function, which after the method's own parameters has others.</summary>
/// <param name="Function">The function.</param>
/// <param name="Captured">Variables of the body around, that it gets by value.</param>
/// <param name="Fields">Fields that hold values, that it gets by reference.</param>
internal sealed record MirroredMethod(ShapeFunction Function, IReadOnlyList<string> Captured, IReadOnlyList<ISymbol> Fields);
