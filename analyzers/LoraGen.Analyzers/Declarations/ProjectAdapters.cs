using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The adapters that a project declares, at assembly level and on classes. Attributes on members belong to one of these.</summary>
internal static class ProjectAdapters
{
    /// <summary>Those that name a model.</summary>
    public static IEnumerable<(AttributeData Attribute, INamedTypeSymbol Model, MethodFacts Method)> Of(Compilation compilation)
    {
        var ofAssembly = compilation.Assembly.GetAttributes()
            .Select(attribute => (attribute, Model: (attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol)?.OriginalDefinition));
        var ofClasses = ProjectClasses.Of(compilation)
            .SelectMany(type => type.GetAttributes().Select(attribute => (attribute, Model: (INamedTypeSymbol?)type)));
        return ofAssembly.Concat(ofClasses)
            .Select(found => (found.attribute, found.Model, Method: LoraTypes.MethodOf(found.attribute.AttributeClass)))
            .Where(found => found is { Model: not null, Method: not null })
            .Select(found => (found.attribute, found.Model!, found.Method!));
    }

    public static int Count(Compilation compilation)
    {
        return OfAdapters(compilation.Assembly) + ProjectClasses.Of(compilation).Sum(OfAdapters);
    }

    private static int OfAdapters(ISymbol symbol) => symbol.GetAttributes().Count(attribute => LoraTypes.MethodOf(attribute.AttributeClass) is not null);
}
