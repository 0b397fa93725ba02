using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>What reading a root's classes goes by.</summary>
/// <param name="Assembly">The assembly that the adapter is generated into.</param>
/// <param name="Attribute">Metadata name of the method's attribute.</param>
/// <param name="Layers">What counts as a layer there.</param>
internal sealed record Scope(IAssemblySymbol Assembly, string Attribute, LayerTypes Layers)
{
    public TypeNameCache Names { get; } = new();
}
