using System.Runtime.CompilerServices;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>
/// What adapters target in a model, with the private members of compiled assemblies. The compiler doesn't import those, so the generator doesn't see them;
/// attaching finds them.
/// </summary>
internal static class PrivateMembers
{
    private static readonly ConditionalWeakTable<Compilation, Compilation> Compilations = new();

    /// <summary>Null if the model has no place in the imported symbols.</summary>
    public static ModelTargets? Targets(AdapterDeclaration declaration)
    {
        var compilation = Compilations.GetValue(declaration.Compilation, Import);
        if (declaration.Model is not { } model || Find(model.OriginalDefinition, compilation) is not { } imported)
            return null;

        var contents = new MemberContents(new AssignedValues(compilation, declaration.Cancellation), compilation.Assembly);
        var tree = ModelTree.Of(imported, declaration.Method, compilation, declaration.Cancellation);
        return new ModelTargets(tree, AttributeReader.Read(declaration.Data), declaration.Method, contents, compilation, declaration.Cancellation);
    }

    /// <summary>Whether the class is in a reference assembly, which has no private members at all: what a project reference gives the compiler.</summary>
    public static bool AreLeftOut(INamedTypeSymbol type)
    {
        return type.ContainingAssembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ReferenceAssemblyAttribute");
    }

    private static Compilation Import(Compilation compilation)
    {
        return compilation.WithOptions(compilation.Options.WithMetadataImportOptions(MetadataImportOptions.All));
    }

    private static INamedTypeSymbol? Find(INamedTypeSymbol type, Compilation compilation)
    {
        var name = type.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{outer.MetadataName}+{name}";
        if (!type.ContainingNamespace.IsGlobalNamespace)
            name = $"{type.ContainingNamespace.ToDisplayString()}.{name}";
        return compilation.GetTypesByMetadataName(name).FirstOrDefault(found => found.ContainingAssembly.Identity.Equals(type.ContainingAssembly.Identity));
    }
}
