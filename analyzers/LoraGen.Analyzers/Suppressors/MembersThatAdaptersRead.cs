using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The private members that generated code reads, by the accessors that it has for them.</summary>
internal static class MembersThatAdaptersRead
{
    private const string Accessor = "UnsafeAccessorAttribute";

    public static HashSet<ISymbol> In(Compilation compilation)
    {
        var fields = Namespaces(compilation.Assembly.GlobalNamespace)
            .SelectMany(container => container.GetTypeMembers())
            .Where(type => type.IsFileLocal && type.IsStatic && type.Name.EndsWith("Members", StringComparison.Ordinal))
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .SelectMany(Fields);
        var members = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var field in fields)
            members.Add(field.AssociatedSymbol ?? field);
        return members;
    }

    // ref T Name(Class model), with the field's name in its attribute.
    private static IEnumerable<IFieldSymbol> Fields(IMethodSymbol accessor)
    {
        var name = accessor.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass?.Name == Accessor)
            ?.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string;
        return name is null || accessor.Parameters.Length != 1
            ? []
            : accessor.Parameters[0].Type.GetMembers().OfType<IFieldSymbol>().Where(field => field.Name == name);
    }

    private static IEnumerable<INamespaceSymbol> Namespaces(INamespaceSymbol container)
    {
        return container.GetNamespaceMembers().SelectMany(Namespaces).Prepend(container);
    }
}
