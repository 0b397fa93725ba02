using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>Recognises LoraGen's types by name.</summary>
internal static class LoraTypes
{
    private const string Adapter = "LoraGen.Adapter";

    /// <summary>Whether the compilation references LoraGen; otherwise nothing is analyzed.</summary>
    public static bool AreIn(Compilation compilation) => compilation.GetTypeByMetadataName(Adapter) is not null;

    /// <summary>The method whose attribute it is; null for any other attribute.</summary>
    public static MethodFacts? MethodOf(ITypeSymbol? attribute) => MethodReader.Of(attribute as INamedTypeSymbol);

    /// <summary>Whether it is an adapter, generated or the base class.</summary>
    public static bool IsAdapter(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name == "AdapterBase" && IsOurs(current))
                return true;
        }

        return false;
    }

    /// <summary>Whether the adapter creates its optimizer itself.</summary>
    public static bool HasOptimizer(ITypeSymbol adapter) => adapter.AllInterfaces.Any(type => type.Name == "IOptimizerSource" && IsOurs(type));

    /// <summary>Whether it is one of the classes that generated adapters derive from.</summary>
    public static bool IsBase(ITypeSymbol type) => type.Name is "Adapter" or "AdapterBase" && IsOurs(type);

    /// <summary>Whether it is an optimizer of LoraGen.</summary>
    public static bool IsOptimizer(ITypeSymbol type) => IsOurs(type) && StepReader.IsOptimizer(type);

    /// <summary>Whether it is the optimizer of LoraGen with this name.</summary>
    public static bool IsOptimizer(ITypeSymbol? type, string name) => type is not null && type.Name == name && IsOurs(type);

    /// <summary>The class of the models that an adapter of this type is attached to; null for the base class of all adapters.</summary>
    public static ITypeSymbol? ModelOf(ITypeSymbol? adapter)
    {
        for (var current = adapter; current is not null; current = current.BaseType)
        {
            if (current is INamedTypeSymbol { Arity: 1 } named && IsBase(named))
                return named.TypeArguments[0];
        }

        return null;
    }

    private static bool IsOurs(ITypeSymbol type) => type.ContainingNamespace is { Name: "LoraGen", ContainingNamespace.IsGlobalNamespace: true };
}
