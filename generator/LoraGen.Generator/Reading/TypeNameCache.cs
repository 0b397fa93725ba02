using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Caches the text of each type: a model's members have few types, and their text is the most expensive part of reading them at each edit.</summary>
internal sealed class TypeNameCache
{
    private readonly Dictionary<ITypeSymbol, string> _fullNames = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Dictionary<ITypeSymbol, string> _labels = new(SymbolEqualityComparer.IncludeNullability);

    /// <inheritdoc cref="TypeNames.FullName"/>
    public string FullName(ITypeSymbol type) => Get(_fullNames, type, TypeNames.FullName);

    /// <inheritdoc cref="TypeNames.Label"/>
    public string Label(ITypeSymbol type) => Get(_labels, type, TypeNames.Label);

    private static string Get(Dictionary<ITypeSymbol, string> names, ITypeSymbol type, Func<ITypeSymbol, string> make)
    {
        if (!names.TryGetValue(type, out var name))
        {
            name = make(type);
            names.Add(type, name);
        }

        return name;
    }
}
