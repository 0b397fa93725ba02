using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Tells which calls get an object that they may change, and by which a known value then changes: a configuration, an array, a list.</summary>
internal sealed class Handouts(BodyReader body)
{
    private readonly LookingConstructors _looking = new(body);

    // Of .NET's own types.
    private static readonly HashSet<string> Looks = new(StringComparer.Ordinal)
    {
        "Aggregate", "All", "Any", "Average", "Cast", "CompareTo", "Contains", "ContainsKey", "Count", "Distinct", "ElementAt", "Equals", "First",
        "FirstOrDefault", "GetHashCode", "GetLength", "GetType", "GetValueOrDefault", "HasFlag", "IndexOf", "Last", "LastOrDefault", "LongCount", "Max",
        "Min", "OfType", "Select", "SequenceEqual", "Single", "SingleOrDefault", "Skip", "Sum", "Take", "ToArray", "ToList", "ToString", "TryGetValue",
        "Where", "Zip",
    };

    /// <summary>Whether it is a call, or makes an object, that gets such a thing.</summary>
    public bool GivesAway(SyntaxNode node)
    {
        return node switch
        {
            InvocationExpressionSyntax call => !IsKnown(call) && (IsOwnerChanged(call) || IsGiven(call.ArgumentList)),
            BaseObjectCreationExpressionSyntax created => IsGiven(created.ArgumentList) && !_looking.Makes(created),
            _ => false,
        };
    }

    private bool IsGiven(ArgumentListSyntax? arguments)
    {
        return arguments is not null && arguments.Arguments.Any(argument => IsChangeable(argument.Expression));
    }

    // Functions that only compute, print or check.
    private bool IsKnown(InvocationExpressionSyntax call)
    {
        if (body.Texts.NameOf(call) is not null)
            return true;
        if (body.Shapes.Factory(call, "torch.nn") is not null || body.Shapes.Factory(call, "torch") is not null)
            return true;
        return call.Expression is MemberAccessExpressionSyntax { Expression: var owner } && !body.Variables.IsNamed(owner)
            && body.Names.TypeNamed(owner) is { } type
            && (TorchTypes.IsBuiltIn(type) || Names.IsTorch(type, "torch.nn.init") || (type.ContainingNamespace?.ToDisplayString() is { } space
                && (space.StartsWith("System", StringComparison.Ordinal)
                    && (type.Name is "Math" or "MathF" or "Convert" or "Enumerable" or "String" or "Console" or "GC" or "Debug"
                        || type.Name.EndsWith("Exception", StringComparison.Ordinal)))));
    }

    private bool IsOwnerChanged(InvocationExpressionSyntax call)
    {
        var (owner, name) = call.Expression switch
        {
            MemberAccessExpressionSyntax access => (access.Expression, access.Name.Identifier.ValueText),
            MemberBindingExpressionSyntax binding => (Bound(call), binding.Name.Identifier.ValueText),
            _ => (null, string.Empty),
        };
        if (owner is null || !IsChangeable(owner))
            return false;
        return TypeOf(owner) is not { } type || !(IsOfUser(type) ? IsLook(type, name) : Looks.Contains(name));
    }

    private static ExpressionSyntax? Bound(SyntaxNode binding) => binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault()?.Expression;

    private bool IsOfUser(ITypeSymbol type)
    {
        return type is INamedTypeSymbol { DeclaringSyntaxReferences.Length: > 0 }
            && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, body.Names.Assembly);
    }

    // A method of the user's that calls nothing and puts nothing anywhere.
    private bool IsLook(ITypeSymbol type, string name)
    {
        if (name is "ToString" or "Equals" or "GetHashCode" or "GetType")
            return true;
        body.Functions.Files.Add((INamedTypeSymbol)type);
        var members = type.GetMembers(name);
        return !members.IsEmpty && members.All(member => member is IMethodSymbol { IsVirtual: false, IsAbstract: false, IsOverride: false } method
            && method.DeclaringSyntaxReferences.Length > 0
            && method.DeclaringSyntaxReferences.All(reference => reference.GetSyntax().DescendantNodes().All(node => !Effects.Puts(node)
                && node is not (InvocationExpressionSyntax or ObjectCreationExpressionSyntax))));
    }

    private bool IsChangeable(ExpressionSyntax value)
    {
        return value switch
        {
            ParenthesizedExpressionSyntax inner => IsChangeable(inner.Expression),
            CastExpressionSyntax cast => IsChangeable(cast.Expression),
            PostfixUnaryExpressionSyntax suppressed => IsChangeable(suppressed.Operand),
            ConditionalExpressionSyntax choice => IsChangeable(choice.WhenTrue) || IsChangeable(choice.WhenFalse),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => IsChangeable(either.Left) || IsChangeable(either.Right),
            ConditionalAccessExpressionSyntax { WhenNotNull: not InvocationExpressionSyntax } access => IsChangeable(access.Expression),
            IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax =>
                !IsType(value) && !body.Buffers.IsBuffer(value) && (TypeOf(value) is not { } type || ChangeableTypes.Contain(type)),
            _ => false,
        };
    }

    private bool IsType(ExpressionSyntax value) => !body.Variables.IsNamed(value) && body.Names.TypeNamed(value) is not null;

    // Null where that is not known.
    private ITypeSymbol? TypeOf(ExpressionSyntax value)
    {
        switch (value)
        {
            case ParenthesizedExpressionSyntax inner:
                return TypeOf(inner.Expression);
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                return body.Variables.Find(name) is { } variable ? variable.Type
                    : TypeOf(body.Names.InstanceMember(name) ?? body.Names.StaticMember(name));
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name }:
                return TypeOf(body.Names.InstanceMember(name));
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var owner }:
                var type = !body.Variables.IsNamed(owner) && body.Names.TypeNamed(owner) is { } named ? named : TypeOf(owner);
                return type is null ? null : TypeOf(Reads.Find(type, name));
            case ElementAccessExpressionSyntax element:
                return (TypeOf(element.Expression) as IArrayTypeSymbol)?.ElementType;
            default:
                return null;
        }
    }

    private static ITypeSymbol? TypeOf(ISymbol? member) => member is IFieldSymbol or IPropertySymbol ? Reads.TypeOf(member) : null;
}
