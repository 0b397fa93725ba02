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

    // Types of types without end, such as the member of type N<N<T>> in N<T>.
    private const int MaxDepth = 16;

    // Of .NET's types: what holds a value without being a collection.
    private static readonly HashSet<string> Holders = new(
        ["ArraySegment", "AsyncLocal", "KeyValuePair", "Memory", "PriorityQueue", "ReadOnlyMemory", "StrongBox", "Task", "ThreadLocal", "ValueTask"],
        StringComparer.Ordinal);

    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _recursive = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _empty = new(SymbolEqualityComparer.Default);
    private bool _hasUnreadable;
    private int _names;

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
        var expression = TorchTypes.IsModule(type) || TorchTypes.IsOpen(type) ? null : held.Expression(type, Value);
        if (expression == Value && type is { TypeKind: TypeKind.Interface, Name: "IDictionary" or "IReadOnlyDictionary" })
            expression = held.When(Value, string.Empty, Copied);
        return (held._hasUnreadable ? null : expression, expression is not null || held._hasUnreadable);
    }

    // A type that contains itself may hold modules at any depth, which no expression reads.
    private string? Expression(ITypeSymbol type, string value)
    {
        if (TorchTypes.IsModule(type) || TorchTypes.IsOpen(type))
            return value;
        if (_hasUnreadable || _open.Count > MaxDepth || _empty.Contains(type))
            return null;
        if (!_open.Add(type))
        {
            _recursive.Add(type);
            return null;
        }

        var expression = Content(type, value);
        _open.Remove(type);
        if (expression is null)
            _empty.Add(type);
        else
            _hasUnreadable |= _recursive.Contains(type);
        return expression;
    }

    private string? Content(ITypeSymbol type, string value)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Expression(nullable.TypeArguments[0], value);
        if (Elements(type) is { } elements)
            return HoldModules(elements) ? Whole(type, value) : null;
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } named)
            return null;
        if (named is { Name: "Lazy", Arity: > 0 } && IsInSystem(named))
            return When(value, "IsValueCreated: true", held => Expression(named.TypeArguments[0], $"{held}.Value"));
        if (IsForeign(named))
        {
            _hasUnreadable |= Holders.Contains(named.Name) && HoldModules([.. named.TypeArguments]);
            return null;
        }

        return Collection(named) is { } collection ? OfCollection(named, collection, value) : When(value, string.Empty, held => Members(named, held));
    }

    // At run time the items of collections and tuples are known, but not those of other types in them.
    private bool HoldModules(ITypeSymbol[] elements)
    {
        string?[] items = [.. elements.Select(element => Expression(element, Value))];
        _hasUnreadable |= items.Any(item => item is not (null or Value));
        return items.Any(item => item is not null);
    }

    // A collection of the user's is read like the one that it derives from, which its own members aren't.
    private string? OfCollection(INamedTypeSymbol type, INamedTypeSymbol collection, string value)
    {
        var holds = HoldModules([collection.TypeArguments[collection.TypeArguments.Length - 1]]);
        _hasUnreadable |= Members(type, Value) is not null;
        return holds ? value : null;
    }

    private string? Members(INamedTypeSymbol type, string held)
    {
        var read = new List<string>();
        for (var current = type; current is { SpecialType: SpecialType.None } && !IsForeign(current); current = current.BaseType)
        {
            foreach (var field in current.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && field.Name.Length > 0))
            {
                var member = field.AssociatedSymbol ?? field;
                if (Expression(field.Type, $"{held}.{member.Name}") is not { } expression)
                    continue;
                if (StoredMember.IsReadByName(field, from))
                    read.Add($"[\"{member.Name}\"] = {expression}");
                else
                    _hasUnreadable = true;
            }
        }

        return read.Count == 0 ? null : $"new global::System.Collections.Generic.Dictionary<string, object?> {{ {string.Join(", ", read)} }}";
    }

    // A class that implements only the generic interface gives pairs, which can't be read at run time.
    private static string Copied(string held) => $"global::System.Linq.Enumerable.ToDictionary({held}, pair => pair.Key, pair => (object?)pair.Value)";

    // An array that was never set can't be enumerated.
    private string? Whole(ITypeSymbol type, string value) => type.Name == "ImmutableArray" ? When(value, "IsDefault: false", held => held) : value;

    private string? When(string value, string pattern, Func<string, string?> then)
    {
        var held = $"held{_names++}";
        return then(held) is { } expression ? $"{value} is {{ {pattern} }} {held} ? (object?)({expression}) : null" : null;
    }

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

    private static INamedTypeSymbol? Collection(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.IsGenericType && IsCollection(current))
                return current;
        }

        return null;
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
