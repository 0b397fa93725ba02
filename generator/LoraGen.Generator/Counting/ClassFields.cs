using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Counting;

/// <summary>The fields of a class and of its bases, as a constructor sees them.</summary>
internal sealed class ClassFields
{
    private readonly INamedTypeSymbol _type;
    private readonly Dictionary<IFieldSymbol, (string Component, Hold Hold)> _fields = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IFieldSymbol, (ISymbol Member, Variable Variable)> _values = new(SymbolEqualityComparer.Default);
    private readonly bool _isChained;

    /// <param name="type">The class.</param>
    /// <param name="scope">What counts as a layer.</param>
    /// <param name="isChained">Whether another constructor has run before, so that values may be in the fields already.</param>
    public ClassFields(INamedTypeSymbol type, Scope scope, bool isChained)
    {
        (_type, _isChained) = (type, isChained);
        var components = new List<string>();
        foreach (var field in All(type))
        {
            var hold = MemberHold.Of(field.Type, scope);
            var component = MemberReader.Component(field);
            if (hold is Hold.Loose or Hold.List)
                throw new UnknownShapeException($"{component} is a collection that TorchSharp does not register", Declaration(field));
            if (hold != Hold.Value)
                components.Add(component);
            _fields.Add(field, (component, hold));
        }

        if (components.Distinct(StringComparer.Ordinal).Count() != components.Count)
            throw new UnknownShapeException("two fields are registered under one name");
        Components = components;
    }

    /// <summary>Those of a class as its methods see them: whoever calls has put values into them, and may read what they are after.</summary>
    public static ClassFields Shared(INamedTypeSymbol type, ShapeFunctions functions) => new(type, functions.Scope, isChained: false) { AreShared = true };

    /// <summary>Whether others see what is put into them.</summary>
    public bool AreShared { get; private init; }

    /// <summary>What TorchSharp looks at when it registers, in its order.</summary>
    public IReadOnlyList<string> Components { get; }

    /// <summary>The values that were read or set.</summary>
    public IEnumerable<(string Name, string Type, ISymbol Member)> Values => _values
        .Select(pair => (pair.Value.Variable.Code.Text, TypeNames.FullName(pair.Key.Type), pair.Value.Member))
        .OrderBy(value => value.Text, StringComparer.Ordinal)!;

    /// <summary>The field, or the one behind the auto-property; null for any other member.</summary>
    public (string Component, Hold Hold, ITypeSymbol Type)? Find(ISymbol? member)
    {
        return FieldOf(member) is { } field && _fields.TryGetValue(field, out var found) ? (found.Component, found.Hold, field.Type) : null;
    }

    /// <summary>The variable that stands for a field of the class itself that holds a value.</summary>
    public Variable? Value(ISymbol? member)
    {
        if (FieldOf(member) is not { } field || !_fields.TryGetValue(field, out var found) || found.Hold != Hold.Value)
            return null;
        if (_values.TryGetValue(field, out var known))
            return known.Variable;

        var variable = new Variable(Hold.Value, new ShapeCode(ShapeCodeKind.Field, "this_" + member!.Name, default), field.Type) { IsSet = AreShared };
        if (_isChained || !SymbolEqualityComparer.Default.Equals(field.ContainingType, _type) || !Reach.CanName(field.Type, _type.ContainingAssembly))
            variable.Unknown = new UnknownShapeException($"{member.Name} can't be told from the source");
        _values.Add(field, (member, variable));
        return variable;
    }

    private static IEnumerable<IFieldSymbol> All(INamedTypeSymbol type)
    {
        for (var current = type; current is not null && !TorchTypes.IsModuleBase(current); current = current.BaseType)
        {
            foreach (var field in current.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst && field.Name.Length > 0))
                yield return field;
        }
    }

    private static SyntaxNode? Declaration(IFieldSymbol field)
    {
        return (field.AssociatedSymbol ?? field).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
    }

    private IFieldSymbol? FieldOf(ISymbol? member)
    {
        return member switch
        {
            IFieldSymbol field => field,
            IPropertySymbol property when Reads.IsPlain(property) =>
                _fields.Keys.FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)),
            _ => null,
        };
    }
}
