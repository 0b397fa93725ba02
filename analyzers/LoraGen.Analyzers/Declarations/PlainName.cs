using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Targets that are plain member names, without dots and *.</summary>
internal static class PlainName
{
    public static bool Is(string target) => target.Length > 0 && target.IndexOfAny(['.', '*']) < 0;

    /// <summary>The distinct module classes that have a layer of that name.</summary>
    public static INamedTypeSymbol[] ClassesWith(string name, ModelTargets targets) => Distinct(Layers(name, targets).Select(layer => layer.Class));

    /// <summary>The distinct classes that declare a layer of that name: a derived class shares its base's declaration.</summary>
    public static INamedTypeSymbol[] Declaring(string name, ModelTargets targets)
    {
        return Distinct(Layers(name, targets).Select(layer => layer.Field.ContainingType));
    }

    public static IEnumerable<ModelMember> Layers(string name, ModelTargets targets)
    {
        return targets.Layers.Where(layer => layer.Name == name && ModelTargets.Matches(name, layer));
    }

    private static INamedTypeSymbol[] Distinct(IEnumerable<INamedTypeSymbol> classes)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        return [.. classes.Where(type => seen.Add(type))];
    }
}
