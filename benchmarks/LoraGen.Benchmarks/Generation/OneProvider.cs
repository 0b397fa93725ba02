using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Benchmarks.Generation;

/// <summary>
/// One provider for the attributes of any number of methods, which finds the same as <see cref="ManyProviders"/>, also under aliases of the file and of the
/// project.
/// </summary>
/// <param name="count">The number of attributes.</param>
internal sealed class OneProvider(int count) : IIncrementalGenerator
{
    private readonly HashSet<string> _attributes = [.. Enumerable.Range(0, count).Select(NameOf)];
    private readonly HashSet<string> _names = [.. Enumerable.Range(0, count).Select(NameOf).SelectMany(Written)];

    /// <summary>The metadata name of the attribute of that number, of which the project has the first.</summary>
    public static string NameOf(int number) => number == 0 ? "LoraGen.LoraAttribute" : $"LoraGen.Absent{number}Attribute";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var aliases = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is UsingDirectiveSyntax { Alias: not null } directive && directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword),
                static (found, _) => Alias((UsingDirectiveSyntax)found.Node))
            .Collect();

        // Without the semantic model: the names are as they are written, and the nodes of an unchanged file are the same objects.
        var candidates = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => Attributes(node).Any(), static (found, _) => found.Node)
            .Combine(aliases)
            .Where(found => IsNamed(found.Left, found.Right))
            .Select(static (found, _) => found.Left);

        var names = candidates.Combine(context.CompilationProvider).SelectMany((found, _) => Read(found.Left, found.Right));
        context.RegisterSourceOutput(names, static (output, name) => output.AddSource(name, "// found"));
    }

    private static IEnumerable<AttributeSyntax> Attributes(SyntaxNode node)
    {
        return node switch
        {
            ClassDeclarationSyntax { AttributeLists: { Count: > 0 } lists } => lists.SelectMany(list => list.Attributes),
            CompilationUnitSyntax { AttributeLists: { Count: > 0 } lists } => lists.SelectMany(list => list.Attributes),
            _ => [],
        };
    }

    private static (string Name, string Target) Alias(UsingDirectiveSyntax directive)
    {
        return (directive.Alias!.Name.Identifier.ValueText, directive.Name is { } target ? SimpleName(target) : string.Empty);
    }

    private static string SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => string.Empty,
    };

    private static IEnumerable<string> Written(string attribute)
    {
        var name = attribute[(attribute.LastIndexOf('.') + 1)..];
        return [name, name[..^"Attribute".Length]];
    }

    private bool IsNamed(SyntaxNode node, ImmutableArray<(string Name, string Target)> global)
    {
        var own = ((CompilationUnitSyntax)node.SyntaxTree.GetRoot()).Usings.Where(directive => directive.Alias is not null).Select(Alias).ToArray();
        return Attributes(node)
            .Select(attribute => SimpleName(attribute.Name))
            .Any(name => _names.Contains(name) || IsAlias(own, name) || IsAlias(global, name));
    }

    // An alias may be written without the ending too.
    private bool IsAlias(IEnumerable<(string Name, string Target)> aliases, string name)
    {
        return aliases.Any(alias => (alias.Name == name || alias.Name == name + "Attribute") && _names.Contains(alias.Target));
    }

    private IEnumerable<string> Read(SyntaxNode node, Compilation compilation)
    {
        ISymbol symbol = node is ClassDeclarationSyntax
            ? compilation.GetSemanticModel(node.SyntaxTree).GetDeclaredSymbol(node)!
            : compilation.Assembly;
        return symbol.GetAttributes().Any(attribute => _attributes.Contains(attribute.AttributeClass?.ToDisplayString() ?? string.Empty)) ? [symbol.Name] : [];
    }
}
