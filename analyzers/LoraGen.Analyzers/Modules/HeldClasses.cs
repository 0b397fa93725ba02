using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Analyzers;

/// <summary>
/// The project's module classes that a model holds, including those that generated code can't name and those that a member of a general type holds: the classes
/// of fields, and those of which the classes found so far create instances.
/// </summary>
internal static class HeldClasses
{
    public static HashSet<ISymbol> Of(IEnumerable<ISymbol> models, Compilation compilation)
    {
        var sources = new AssignedValues(compilation, CancellationToken.None);
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Queue<INamedTypeSymbol>(models.OfType<INamedTypeSymbol>());
        while (open.Count > 0)
        {
            var type = open.Dequeue().OriginalDefinition;
            if (type.DeclaringSyntaxReferences.IsEmpty || !TorchTypes.IsModule(type) || !found.Add(type))
                continue;

            foreach (var held in Held(type).Concat(Made(type, sources)).Append(type.BaseType).OfType<INamedTypeSymbol>())
                open.Enqueue(held);
        }

        return found;
    }

    private static IEnumerable<INamedTypeSymbol> Held(INamedTypeSymbol type)
    {
        return type.GetMembers().OfType<IFieldSymbol>().SelectMany(field => Within(field.Type));
    }

    private static IEnumerable<INamedTypeSymbol> Within(ITypeSymbol type)
    {
        return type switch
        {
            IArrayTypeSymbol array => Within(array.ElementType),
            INamedTypeSymbol named => named.TypeArguments.SelectMany(Within).Prepend(named),
            _ => [],
        };
    }

    private static IEnumerable<ITypeSymbol?> Made(INamedTypeSymbol type, AssignedValues sources)
    {
        return type.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax().DescendantNodes())
            .Where(node => node is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax)
            .Select(node => sources.OperationAt(node)?.Type);
    }
}
