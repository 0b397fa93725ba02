using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>The ids of the compiler's warnings about using a class, which users suppress in their code.</summary>
internal static class DiagnosticIds
{
    /// <summary>The ids from [Experimental] and [Obsolete] on the class, its bases and the types that contain it.</summary>
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
