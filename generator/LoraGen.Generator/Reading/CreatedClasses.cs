using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>Finds the classes that a module class creates in a Sequential, by their names in its text.</summary>
internal static class CreatedClasses
{
    public static IEnumerable<(CreatedClass Created, INamedTypeSymbol? ModuleClass)> Of(
        INamedTypeSymbol module, IEnumerable<ClassDeclarationSyntax> declarations, Scope scope)
    {
        foreach (var declaration in declarations)
        {
            var texts = LayerReader.Assignments(declaration)
                .Select(assignment => LayerTextReader.Read(assignment.Value)?.Children)
                .OfType<SequentialText>()
                .SelectMany(SequentialReader.Classes)
                .Distinct();
            foreach (var text in texts)
            {
                if (Find(text, module, declaration, scope) is { } type && MemberType.Of(type, scope) is { } member)
                    yield return (new CreatedClass(scope.Names.FullName(module), text, Facts(type, member, scope)), member.ModuleClass);
            }
        }
    }

    private static MemberFacts Facts(INamedTypeSymbol type, MemberType member, Scope scope)
    {
        var name = scope.Names.FullName(type);
        return new MemberFacts(
            type.Name,
            type.Name,
            member.Kind,
            name,
            scope.Names.Label(type),
            member.ModuleClass is { } moduleClass ? scope.Names.FullName(moduleClass) : null,
            IsNullable: false,
            IsIgnored: false,
            Overrides: default,
            new MemberAccess(name, null),
            member.Layer);
    }

    // As C# looks up a simple name: in the class, its bases and those around it, then in their namespaces, then in those that the file uses.
    private static INamedTypeSymbol? Find(string name, INamedTypeSymbol module, ClassDeclarationSyntax declaration, Scope scope)
    {
        for (var outer = module; outer is not null; outer = outer.ContainingType)
        {
            for (var type = outer; type is not null; type = type.BaseType)
            {
                if (type.GetTypeMembers(name, 0).FirstOrDefault() is { } nested)
                    return nested;
            }
        }

        for (var type = module; type is not null && !TorchTypes.IsModuleBase(type); type = type.BaseType)
        {
            for (var space = scope.Names.NamespaceOf(type); space is not null; space = space.ContainingNamespace)
            {
                if (space.GetTypeMembers(name, 0).FirstOrDefault() is { } found)
                    return found;
            }
        }

        return declaration.SyntaxTree.GetRoot() is CompilationUnitSyntax file
            ? file.Usings
                .Where(directive => directive.Alias is null && directive.StaticKeyword.RawKind == 0)
                .Select(directive => scope.Names.NamespaceNamed(directive.Name?.ToString())?.GetTypeMembers(name, 0).FirstOrDefault())
                .FirstOrDefault(type => type is not null)
            : null;
    }
}
