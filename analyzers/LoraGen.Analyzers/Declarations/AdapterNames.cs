using LoraGen.Generator.Models;
using LoraGen.Generator.Graph;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>An adapter for which a type is generated, with its attribute.</summary>
internal sealed record NamedAdapter(INamedTypeSymbol Model, string Name, MethodFacts Method, AttributeData Attribute);

/// <summary>The names of adapters, and so of generated types, that are in use.</summary>
internal static class AdapterNames
{
    /// <summary>The name that an attribute gives.</summary>
    public static string Of(AttributeData attribute) => AttributeReader.Read(attribute).Name ?? AdapterTypeName.DefaultAdapter;

    /// <summary>The type that is generated for an adapter of the declaration's model.</summary>
    public static string TypeOf(INamedTypeSymbol model, string adapter, MethodFacts method)
    {
        return AdapterTypeName.Of(TypeNames.SimpleName(model), adapter, method.Name);
    }

    /// <summary>
    /// The adapters that need the same type and precede this one in the generator's order: by method, user-defined ones last, and for each method those on
    /// classes before the assembly's.
    /// </summary>
    public static IReadOnlyList<NamedAdapter> SameTypeBefore(AdapterDeclaration declaration)
    {
        var model = declaration.Model!.OriginalDefinition;
        var assembly = declaration.Compilation.Assembly;
        var wanted = TypeOf(model, declaration.Options.Name, declaration.Method);
        var ofClasses = TypesOf(declaration.Compilation, model.ContainingNamespace)
            .Where(type => wanted.StartsWith(TypeNames.SimpleName(type), StringComparison.Ordinal))
            .SelectMany(type => type.GetAttributes().Select(attribute => (Model: (INamedTypeSymbol?)type, Attribute: attribute, IsOfAssembly: false)));
        var space = model.ContainingNamespace.ToDisplayString();
        var ofAssembly = assembly.GetAttributes()
            .Select(attribute => (
                Model: (attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol)?.OriginalDefinition,
                Attribute: attribute,
                IsOfAssembly: true))
            .Where(each => each.Model is not null && each.Model.ContainingNamespace?.ToDisplayString() == space);

        return [.. ofClasses.Concat(ofAssembly)
            .Select(each => (each.Model, each.Attribute, each.IsOfAssembly, Method: LoraTypes.MethodOf(each.Attribute.AttributeClass)))
            .Where(each => each.Method is not null
                && TypeOf(each.Model!, Of(each.Attribute), each.Method) == wanted
                && TorchTypes.IsModule(each.Model!)
                && Reach.CanName(each.Model!, assembly))
            .OrderBy(each => Rank(each.Method!))
            .ThenBy(each => each.IsOfAssembly)
            .ThenBy(each => each.Attribute.ApplicationSyntaxReference?.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(each => each.Attribute.ApplicationSyntaxReference?.Span.Start ?? 0)
            .Select(each => new NamedAdapter(each.Model!, Of(each.Attribute), each.Method!, each.Attribute))
            .TakeWhile(each => each.Attribute.ApplicationSyntaxReference is not { } reference
                || reference.SyntaxTree != declaration.Syntax.SyntaxTree
                || reference.Span != declaration.Syntax.Span)];
    }

    // The generator's order: the list of methods, then the user-defined ones.
    private static int Rank(MethodFacts method)
    {
        return method.IsOwn ? MethodFacts.All.Count : MethodFacts.All.TakeWhile(each => each != method).Count();
    }

    /// <summary>The name with a number, such that its type doesn't exist yet.</summary>
    /// <param name="others">How many such names to skip because other declarations need them too.</param>
    public static string Free(AdapterDeclaration declaration, string name, int others = 0)
    {
        for (var number = 2; ; number++)
        {
            var candidate = $"{name}{number}";
            if (!Types(declaration, candidate).Any() && others-- == 0)
                return candidate;
        }
    }

    /// <summary>The name itself if it is free or gives the declaration's current type, otherwise the name with a number.</summary>
    public static string FreeOrNumbered(AdapterDeclaration declaration, string name)
    {
        var model = declaration.Model!;
        return TypeOf(model, name, declaration.Method) == TypeOf(model, declaration.Options.Name, declaration.Method) || !Types(declaration, name).Any()
            ? name
            : Free(declaration, name);
    }

    /// <summary>The project's types whose names would be generated for an adapter of that name.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(AdapterDeclaration declaration, string name)
    {
        var model = declaration.Model!.OriginalDefinition;
        return GeneratedTypes.Existing(declaration.Compilation, model, TypeOf(model, name, declaration.Method));
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(Compilation compilation, INamespaceSymbol space)
    {
        return (compilation.GetCompilationNamespace(space)?.GetTypeMembers() ?? [])
            .Where(type => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
            .SelectMany(WithNested);
    }

    private static IEnumerable<INamedTypeSymbol> WithNested(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(WithNested).Prepend(type);
}
