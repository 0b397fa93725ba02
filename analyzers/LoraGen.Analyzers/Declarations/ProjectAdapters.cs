using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>How many adapters a project declares.</summary>
internal static class ProjectAdapters
{
    /// <summary>The adapter attributes at assembly level and on classes; those on members belong to one of these.</summary>
    public static int Count(Compilation compilation)
    {
        return OfAdapters(compilation.Assembly) + ProjectClasses.Of(compilation).Sum(OfAdapters);
    }

    private static int OfAdapters(ISymbol symbol) => symbol.GetAttributes().Count(attribute => LoraTypes.MethodOf(attribute.AttributeClass) is not null);
}
