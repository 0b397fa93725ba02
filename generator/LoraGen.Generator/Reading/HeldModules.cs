using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>
/// Finds modules in members that TorchSharp doesn't register, by the member's type: in collections, tuples, <c>Lazy</c>, and members of other types, such as
/// records.
/// </summary>
internal sealed class HeldModules(IAssemblySymbol from)
{
    /// <summary>The place of the member's value in an expression.</summary>
    public const string Value = "{0}";

    private const int MaxDepth = 4;

    private bool _hasUnreadable;

    /// <summary>Returns how the modules that a member holds are read.</summary>
    /// <param name="type">The member's type.</param>
    /// <param name="from">The assembly that reads it.</param>
    /// <returns>
    /// An expression with <see cref="Value"/>, of modules, collections and tuples; null if the type holds none, or if they can't be read. And whether the type
    /// holds modules.
    /// </returns>
    public static (string? Expression, bool HoldsModules) Of(ITypeSymbol type, IAssemblySymbol from)
    {
        var held = new HeldModules(from);
        var expression = TorchTypes.IsModule(type) || TorchTypes.IsOpen(type) ? null : held.Expression(type, Value, 0);
        return (held._hasUnreadable ? null : expression, expression is not null || held._hasUnreadable);
    }

    private string? Expression(ITypeSymbol type, string value, int depth)
    {
        if (TorchTypes.IsModule(type) || TorchTypes.IsOpen(type))
            return value;
        if (depth > MaxDepth)
            return null;
        if (Elements(type) is { } elements)
            return HoldModules(elements, depth) ? Whole(type, value, depth) : null;
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } named)
            return null;
        if (named is { Name: "Lazy", Arity: > 0 } && IsInSystem(named))
        {
            return Expression(named.TypeArguments[0], $"held{depth}.Value", depth + 1) is { } created
                ? When(value, "IsValueCreated: true", depth, created)
                : null;
        }

        return IsForeign(named) ? null : Members(named, value, depth);
    }

    // At run time the items of collections and tuples are known, but not those of other types in them.
    private bool HoldModules(ITypeSymbol[] elements, int depth)
    {
        string?[] items = [.. elements.Select(element => Expression(element, Value, depth + 1))];
        _hasUnreadable |= items.Any(item => item is not (null or Value));
        return items.Any(item => item is not null);
    }

    private string? Members(INamedTypeSymbol type, string value, int depth)
    {
        var read = new List<string>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var field in current.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && field.Name.Length > 0))
            {
                var member = field.AssociatedSymbol ?? field;
                if (Expression(field.Type, $"held{depth}.{member.Name}", depth + 1) is not { } expression)
                    continue;
                if (StoredMember.IsReadByName(field, from))
                    read.Add($"[\"{member.Name}\"] = {expression}");
                else
                    _hasUnreadable = true;
            }
        }

        return read.Count == 0
            ? null
            : When(value, string.Empty, depth, $"new global::System.Collections.Generic.Dictionary<string, object?> {{ {string.Join(", ", read)} }}");
    }

    // An array that was never set can't be enumerated.
    private static string Whole(ITypeSymbol type, string value, int depth) =>
        type.Name == "ImmutableArray" ? When(value, "IsDefault: false", depth, $"held{depth}") : value;

    private static string When(string value, string pattern, int depth, string then) => $"{value} is {{ {pattern} }} held{depth} ? (object?)({then}) : null";

    private static ITypeSymbol[]? Elements(ITypeSymbol type)
    {
        return type switch
        {
            IArrayTypeSymbol array => [array.ElementType],
            INamedTypeSymbol { IsTupleType: true } tuple => [.. tuple.TupleElements.Select(element => element.Type)],
            INamedTypeSymbol { Name: "Tuple" or "ValueTuple", Arity: > 0 } tuple when IsInSystem(tuple) => [.. tuple.TypeArguments],
            INamedTypeSymbol { IsGenericType: true } named when IsCollection(named) => [named.TypeArguments[named.TypeArguments.Length - 1]],
            _ => null,
        };
    }

    private static bool IsCollection(INamedTypeSymbol type)
    {
        return NamespaceOf(type).StartsWith("System.Collections", StringComparison.Ordinal) && type.Name != "KeyValuePair";
    }

    private static bool IsInSystem(INamedTypeSymbol type) => NamespaceOf(type) == "System";

    private static bool IsForeign(INamedTypeSymbol type)
    {
        return NamespaceOf(type) is var name
            && Array.Exists(["System", "Microsoft", "TorchSharp"], root => name == root || name.StartsWith(root + ".", StringComparison.Ordinal));
    }

    private static string NamespaceOf(INamedTypeSymbol type) => type.ContainingNamespace?.ToDisplayString() ?? string.Empty;
}
