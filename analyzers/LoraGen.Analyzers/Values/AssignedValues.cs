using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Finds every value that the source of a class and of its base classes assigns to a member.</summary>
internal sealed class AssignedValues(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<SyntaxTree, SemanticModel> _semantics = [];
    private readonly Dictionary<ISymbol, IReadOnlyList<ILookup<string, SyntaxNode>>> _places = new(SymbolEqualityComparer.Default);

    /// <summary>The values in source order, except null. Null if one of them can't be determined.</summary>
    public IReadOnlyList<IOperation>? Of(ISymbol member, INamedTypeSymbol holder)
    {
        var values = new List<IOperation>();
        foreach (var place in Places(member, holder))
        {
            if (!IsPut(place, out var value))
                continue;
            if (value is null || OperationAt(value) is not { } operation)
                return null;
            if (!IsNothing(operation))
                values.Add(operation);
        }

        return values;
    }

    /// <summary>The references to a member: its declaration, if that has an initializer, and each expression that reads or writes it.</summary>
    public IEnumerable<SyntaxNode> Places(ISymbol member, INamedTypeSymbol holder)
    {
        return Indexes(holder.OriginalDefinition).SelectMany(index => index[member.Name]).Where(place => Is(place, member));
    }

    public IOperation? OperationAt(SyntaxNode syntax)
    {
        // Neither parentheses nor ! are operations.
        while (syntax is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            syntax = syntax is ParenthesizedExpressionSyntax inner ? inner.Expression : ((PostfixUnaryExpressionSyntax)syntax).Operand;
        return SemanticsOf(syntax.SyntaxTree)?.GetOperation(syntax, cancellation);
    }

    /// <summary>The class that contains the node.</summary>
    public INamedTypeSymbol? ClassAround(SyntaxNode syntax)
    {
        var symbol = SemanticsOf(syntax.SyntaxTree)?.GetEnclosingSymbol(syntax.SpanStart, cancellation);
        return symbol as INamedTypeSymbol ?? symbol?.ContainingType;
    }

    /// <summary>The bodies of a class's constructors, without those of its base classes.</summary>
    public IEnumerable<IOperation> Constructors(INamedTypeSymbol holder)
    {
        return holder.InstanceConstructors
            .SelectMany(constructor => constructor.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<ConstructorDeclarationSyntax>()
            .Select(OperationAt)
            .OfType<IOperation>();
    }

    /// <summary>The value without the conversions around it.</summary>
    public static IOperation Bare(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
            value = conversion.Operand;
        return value;
    }

    public static bool IsNothing(IOperation value) => Bare(value) is { ConstantValue: { HasValue: true, Value: null } } or { Kind: OperationKind.DefaultValue };

    // The value is null if the place is assigned without a visible value.
    private static bool IsPut(SyntaxNode place, out SyntaxNode? value)
    {
        value = place switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        if (value is not null)
            return true;

        switch (place.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == place:
                value = assignment.Kind() is SyntaxKind.SimpleAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression ? assignment.Right : null;
                return true;
            case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } when assignment.Left == tuple:
                return true;
            case PostfixUnaryExpressionSyntax step:
                return step.Kind() != SyntaxKind.SuppressNullableWarningExpression;
            case PrefixUnaryExpressionSyntax step:
                return step.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression;
            case RefExpressionSyntax:
                return true;
            default:
                return place.Parent is ArgumentSyntax argument && argument.RefKindKeyword.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword;
        }
    }

    private bool Is(SyntaxNode place, ISymbol member)
    {
        if (SemanticsOf(place.SyntaxTree) is not { } semantics)
            return false;

        var symbol = place is ExpressionSyntax ? semantics.GetSymbolInfo(place, cancellation).Symbol : semantics.GetDeclaredSymbol(place, cancellation);
        return SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, member.OriginalDefinition);
    }

    private IEnumerable<ILookup<string, SyntaxNode>> Indexes(INamedTypeSymbol holder)
    {
        if (!_places.TryGetValue(holder, out var indexes))
        {
            indexes = [.. Declarations(holder).Select(declaration => Named(declaration).ToLookup(named => named.Name, named => named.Place))];
            _places.Add(holder, indexes);
        }

        return indexes;
    }

    private IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol holder)
    {
        for (INamedTypeSymbol? type = holder; type is not null; type = type.BaseType)
        {
            foreach (var declaration in type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>())
                yield return declaration;
        }
    }

    private static IEnumerable<(string Name, SyntaxNode Place)> Named(TypeDeclarationSyntax declaration)
    {
        foreach (var node in declaration.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } variable:
                    yield return (variable.Identifier.ValueText, variable);
                    break;
                case PropertyDeclarationSyntax property:
                    yield return (property.Identifier.ValueText, property);
                    break;
                case IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } name when access.Name == name:
                    yield return (name.Identifier.ValueText, access);
                    break;
                case IdentifierNameSyntax name:
                    yield return (name.Identifier.ValueText, name);
                    break;
            }
        }
    }

    private SemanticModel? SemanticsOf(SyntaxTree tree)
    {
        if (!_semantics.TryGetValue(tree, out var semantics) && compilation.ContainsSyntaxTree(tree))
        {
#pragma warning disable RS1030 // A model's classes may be in other files than the attribute; only those of annotated models are bound.
            semantics = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            _semantics.Add(tree, semantics);
        }

        return semantics;
    }
}
