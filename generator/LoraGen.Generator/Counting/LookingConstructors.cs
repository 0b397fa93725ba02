using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>
/// Constructors of the user's that keep what they are given, or read it, and surely change nothing of it: they put values into their own fields and locals
/// alone, and give what can be changed to nobody else.
/// </summary>
internal sealed class LookingConstructors(BodyReader body)
{
    private readonly Dictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the object is made by one.</summary>
    public bool Makes(BaseObjectCreationExpressionSyntax created)
    {
        if (created is not ObjectCreationExpressionSyntax { Initializer: null, Type: var written } || body.Names.TypeOf(written) is not INamedTypeSymbol type)
            return false;
        if (!_known.TryGetValue(type, out var known))
            _known.Add(type, known = Read(type));
        return known;
    }

    private bool Read(INamedTypeSymbol type)
    {
        if (type.BaseType?.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType) || type.DeclaringSyntaxReferences.Length == 0
            || !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, body.Names.Assembly))
            return false;

        body.Functions.Files.Add(type);
        var types = new Dictionary<string, ITypeSymbol>(StringComparer.Ordinal);
        foreach (var member in type.GetMembers().Where(member => !member.IsImplicitlyDeclared && member is IFieldSymbol or IPropertySymbol))
            types[member.Name] = Reads.TypeOf(member);
        foreach (var parameter in type.InstanceConstructors.SelectMany(constructor => constructor.Parameters))
        {
            // One name may stand for several things.
            if (!types.TryGetValue(parameter.Name, out var other) || !ChangeableTypes.Contain(other))
                types[parameter.Name] = parameter.Type;
        }

        return type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax())
            .All(part => part is TypeDeclarationSyntax declared && declared.Members.Where(Runs).SelectMany(member => member.DescendantNodes())
                .All(node => Looks(node, type, types)));
    }

    // Its methods run in a constructor only where that calls them, which is refused below.
    private static bool Runs(MemberDeclarationSyntax member)
    {
        return member is ConstructorDeclarationSyntax or FieldDeclarationSyntax || member is PropertyDeclarationSyntax { Initializer: not null };
    }

    private static bool Looks(SyntaxNode node, INamedTypeSymbol type, IReadOnlyDictionary<string, ITypeSymbol> types)
    {
        return node switch
        {
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax, Right: var value } => !IsChangeable(value, types),
            AssignmentExpressionSyntax { Left: var target, Right: var value } =>
                (IsOwn(target, type) && (IsMember(target, type) || !IsChangeable(value, types)))
                || (IsLocalArray(target, types) && !IsChangeable(value, types)),
            ThisExpressionSyntax own => own.Parent is MemberAccessExpressionSyntax,
            VariableDeclaratorSyntax { Initializer.Value: var value } => node.Parent?.Parent is FieldDeclarationSyntax || !IsChangeable(value, types),
            ArgumentSyntax { Expression: var value } argument => !Effects.Puts(argument) && (!IsChangeable(value, types) || IsCheck(argument)),
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } => type.GetMembers(name).IsEmpty,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var owner } } => !IsChangeable(owner, types),
            InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax, Parent: ConditionalAccessExpressionSyntax { Expression: var owner } } =>
                !IsChangeable(owner, types),
            InvocationExpressionSyntax => false,
            PostfixUnaryExpressionSyntax { Operand: var stepped } => !Effects.Puts(node) || IsOwn(stepped, type),
            PrefixUnaryExpressionSyntax { Operand: var stepped } => !Effects.Puts(node) || IsOwn(stepped, type),
            ForEachStatementSyntax { Expression: var items } => !HasChangeable(items, types),
            SingleVariableDesignationSyntax or CommonForEachStatementSyntax => false,
            _ => !Effects.Puts(node),
        };
    }

    private static string? Name(ExpressionSyntax target)
    {
        return target switch
        {
            IdentifierNameSyntax simple => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => own.Name.Identifier.ValueText,
            _ => null,
        };
    }

    // What the object keeps is looked at wherever it is named; what a variable holds is not.
    private static bool IsMember(ExpressionSyntax target, INamedTypeSymbol type) => Name(target) is { } name && !type.GetMembers(name).IsEmpty;

    private static bool IsLocalArray(ExpressionSyntax target, IReadOnlyDictionary<string, ITypeSymbol> types)
    {
        return target is ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var array } } && !types.ContainsKey(array);
    }

    // Whether what a loop goes through is such a thing each.
    private static bool HasChangeable(ExpressionSyntax items, IReadOnlyDictionary<string, ITypeSymbol> types)
    {
        return TypeOf(items, types) switch
        {
            IArrayTypeSymbol array => ChangeableTypes.Contain(array.ElementType),
            INamedTypeSymbol { IsGenericType: true } list => list.TypeArguments.Any(ChangeableTypes.Contain),
            _ => IsChangeable(items, types),
        };
    }

    // A variable, a field, or a property that is nothing else.
    private static bool IsOwn(ExpressionSyntax target, INamedTypeSymbol type)
    {
        return Name(target) is { } name && type.GetMembers(name).OfType<IPropertySymbol>().All(property =>
            type.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)));
    }

    private static bool IsChangeable(ExpressionSyntax value, IReadOnlyDictionary<string, ITypeSymbol> types)
    {
        return value switch
        {
            ParenthesizedExpressionSyntax inner => IsChangeable(inner.Expression, types),
            PostfixUnaryExpressionSyntax suppressed => IsChangeable(suppressed.Operand, types),
            CastExpressionSyntax cast => IsChangeable(cast.Expression, types),
            ConditionalExpressionSyntax choice => IsChangeable(choice.WhenTrue, types) || IsChangeable(choice.WhenFalse, types),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either =>
                IsChangeable(either.Left, types) || IsChangeable(either.Right, types),
            BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.AsExpression } or LiteralExpressionSyntax => false,

            // What these get, and whom they are called on, is looked at by itself.
            InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ThrowExpressionSyntax => false,
            IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax => TypeOf(value, types) is { } type
                ? ChangeableTypes.Contain(type)
                : value is not IdentifierNameSyntax && IsChangeable(Owner(value), types),
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax } => false,
            ConditionalAccessExpressionSyntax { Expression: var owner, WhenNotNull: MemberBindingExpressionSyntax member } =>
                TypeOf(owner, types) is { } type && Reads.Find(type, member.Name.Identifier.ValueText) is (IFieldSymbol or IPropertySymbol) and var found
                    ? ChangeableTypes.Contain(Reads.TypeOf(found))
                    : IsChangeable(owner, types),
            _ => value.DescendantNodes(node => node == value || !IsPlace(node)).OfType<ExpressionSyntax>()
                .Any(part => IsPlace(part) && IsChangeable(part, types)),
        };
    }

    private static bool IsPlace(SyntaxNode node) => node is IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax;

    // Null where that is not known.
    private static ITypeSymbol? TypeOf(ExpressionSyntax value, IReadOnlyDictionary<string, ITypeSymbol> types)
    {
        return value switch
        {
            IdentifierNameSyntax name => types.TryGetValue(name.Identifier.ValueText, out var type) ? type : null,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } =>
                types.TryGetValue(name, out var type) ? type : null,
            MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: var name } =>
                TypeOf(owner, types) is { } type && Reads.Find(type, name) is (IFieldSymbol or IPropertySymbol) and var member ? Reads.TypeOf(member) : null,
            ElementAccessExpressionSyntax element => (TypeOf(element.Expression, types) as IArrayTypeSymbol)?.ElementType,
            _ => null,
        };
    }

    private static ExpressionSyntax Owner(ExpressionSyntax value)
    {
        return value is MemberAccessExpressionSyntax access ? access.Expression : ((ElementAccessExpressionSyntax)value).Expression;
    }

    // ArgumentNullException.ThrowIfNull(config), nameof(config).
    private static bool IsCheck(SyntaxNode argument)
    {
        return argument.Parent?.Parent is InvocationExpressionSyntax { Expression: var called }
            && (called is IdentifierNameSyntax { Identifier.ValueText: "nameof" }
                || (called is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && name.StartsWith("ThrowIf", StringComparison.Ordinal)));
    }
}
