using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Targets that are a member's name and no more.</summary>
internal static class PlainName
{
    public static bool Is(string target) => target.Length > 0 && target.IndexOfAny(['.', '*']) < 0;

    /// <summary>The module classes that have a layer of that name, each once.</summary>
    public static INamedTypeSymbol[] ClassesWith(string name, ModelTargets targets) => Distinct(Layers(name, targets).Select(layer => layer.Class));

    /// <summary>The classes that declare a layer of that name, each once: a derived class has its base's.</summary>
    public static INamedTypeSymbol[] Declaring(string name, ModelTargets targets)
    {
        return Distinct(Layers(name, targets).Select(layer => layer.Field.ContainingType));
    }

    public static IEnumerable<ModelMember> Layers(string name, ModelTargets targets)
    {
        return targets.Layers.Where(layer => layer.Name == name && ModelTargets.Meets(name, layer));
    }

    private static INamedTypeSymbol[] Distinct(IEnumerable<INamedTypeSymbol> classes)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        return [.. classes.Where(type => seen.Add(type))];
    }
}
