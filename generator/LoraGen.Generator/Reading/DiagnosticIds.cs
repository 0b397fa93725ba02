using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>What the compiler calls its complaints of using a class, which the user allows where he uses it.</summary>
internal static class DiagnosticIds
{
    /// <summary>Those that [Experimental] and [Obsolete] give of it, of its bases and of what it is nested in.</summary>
    public static IEnumerable<string> OfUsing(INamedTypeSymbol type)
    {
        for (var current = type; current is not null && !TorchTypes.IsModuleBase(current); current = current.BaseType)
        {
            for (var outer = current; outer is not null; outer = outer.ContainingType)
            {
                foreach (var id in outer.GetAttributes().Select(Id).OfType<string>())
                    yield return id;
            }
        }
    }

    private static string? Id(AttributeData attribute)
    {
        return attribute.AttributeClass?.Name switch
        {
            "ExperimentalAttribute" => attribute.ConstructorArguments.FirstOrDefault().Value as string,
            "ObsoleteAttribute" => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "DiagnosticId").Value.Value as string,
            _ => null,
        };
    }
}
