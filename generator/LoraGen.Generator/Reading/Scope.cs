using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>The context for reading a root's classes.</summary>
/// <param name="Names">Writes types as code in the assembly that the adapter is generated into.</param>
/// <param name="Attribute">Metadata name of the method's attribute.</param>
/// <param name="Layers">The classes that are layers in the assembly.</param>
internal sealed record Scope(NamedTypes Names, string Attribute, LayerTypes Layers)
{
    public Scope(Compilation compilation, string attribute)
        : this(new NamedTypes(compilation), attribute, LayerTypes.Of(compilation.Assembly))
    {
    }

    public IAssemblySymbol Assembly => Names.Assembly;
}
