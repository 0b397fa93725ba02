using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>The context for reading a root's classes.</summary>
/// <param name="Assembly">The assembly that the adapter is generated into.</param>
/// <param name="Attribute">Metadata name of the method's attribute.</param>
/// <param name="Layers">The classes that are layers in the assembly.</param>
internal sealed record Scope(IAssemblySymbol Assembly, string Attribute, LayerTypes Layers)
{
    public TypeNameCache Names { get; } = new();
}
