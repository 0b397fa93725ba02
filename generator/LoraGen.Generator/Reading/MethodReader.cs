using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Determines the method of an attribute.</summary>
internal static class MethodReader
{
    /// <summary>Metadata name of the attribute for user-defined methods.</summary>
    public const string OwnAttribute = "LoraGen.AdapterAttribute`1";

    private const string Ending = "Method";

    private static readonly string[] StepStages = ["BeforeStep", "AfterStep"];

    /// <summary>The user-defined method of an attribute; null for any other attribute.</summary>
    public static INamedTypeSymbol? OwnOf(INamedTypeSymbol? attribute)
    {
        return attribute is { Name: "AdapterAttribute", Arity: 1, ContainingNamespace: { Name: "LoraGen", ContainingNamespace.IsGlobalNamespace: true } }
            ? attribute.TypeArguments[0] as INamedTypeSymbol
            : null;
    }

    /// <summary>Null for any other attribute.</summary>
    public static MethodFacts? Of(INamedTypeSymbol? attribute)
    {
        if (attribute is null || attribute.ContainingNamespace is not { Name: "LoraGen", ContainingNamespace.IsGlobalNamespace: true })
            return null;
        if (attribute is { Name: "AdapterAttribute", Arity: 1 })
            return attribute.TypeArguments[0] is INamedTypeSymbol { TypeKind: not TypeKind.Error } own ? Own(attribute, own) : null;

        var name = attribute.ToDisplayString();
        return MethodFacts.All.FirstOrDefault(method => method.Attribute == name);
    }

    private static MethodFacts Own(INamedTypeSymbol attribute, INamedTypeSymbol method)
    {
        var name = method.Name.Length > Ending.Length && method.Name.EndsWith(Ending, StringComparison.Ordinal)
            ? method.Name.Substring(0, method.Name.Length - Ending.Length)
            : method.Name;
        return new MethodFacts(
            name,
            name,
            attribute.ToDisplayString(),
            $"Adapter<{TypeNames.Label(method)}>",
            TypeNames.FullName(method),
            "global::LoraGen.Site",
            IsMergeable(method),
            IsOwn: true,
            IsPublic: Reach.IsPublic(method),
            ActsOnSteps: ActsOnSteps(method));
    }

    private static bool ActsOnSteps(INamedTypeSymbol method)
    {
        for (var type = method; type is not null && type.ToDisplayString() is not "LoraGen.AdapterMethod"; type = type.BaseType)
        {
            if (StepStages.SelectMany(stage => type.GetMembers(stage)).Any(member => member is IMethodSymbol { IsOverride: true }))
                return true;
        }

        return false;
    }

    private static bool IsMergeable(INamedTypeSymbol method)
    {
        for (var type = method.BaseType; type is not null; type = type.BaseType)
        {
            if (type.ToDisplayString() == "LoraGen.MergeableMethod")
                return true;
        }

        return false;
    }
}
