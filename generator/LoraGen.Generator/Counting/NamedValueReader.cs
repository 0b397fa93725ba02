using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats names of values: variables, fields, constants, members of other values and elements of them.</summary>
internal sealed class NamedValueReader(BodyReader body)
{
    /// <summary>Null for an expression of another form.</summary>
    public (ShapeCode Code, ITypeSymbol? Type)? Read(ExpressionSyntax value)
    {
        return value switch
        {
            IdentifierNameSyntax name => Named(name),
            MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Name: IdentifierNameSyntax } access => Member(access),
            ConditionalAccessExpressionSyntax access => Conditional(access),
            ElementAccessExpressionSyntax element when element.ArgumentList.Arguments.Only() is { RefKindKeyword.RawKind: 0 } index => Element(element, index),
            _ => null,
        };
    }

    private (ShapeCode Code, ITypeSymbol? Type) Named(IdentifierNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        if (body.Variables.Find(text) is { } variable)
            return Of(variable, name);
        if (body.Names.InstanceMember(text) is { } member)
            return OfClass(member, name);
        return (body.Names.StaticMember(text) is { } found ? Reads.Static(Steady(found, name), body.Names.Assembly) : null) ?? throw ValueReader.Unknown(name);
    }

    private (ShapeCode Code, ITypeSymbol? Type) OfClass(ISymbol member, SyntaxNode place)
    {
        if (body.Fields.Value(member) is { } field)
            return Of(field, place);
        return Reads.Static(Steady(member, place), body.Names.Assembly) ?? throw ValueReader.Unknown(place);
    }

    private static (ShapeCode Code, ITypeSymbol? Type) Of(Variable variable, SyntaxNode place)
    {
        if (variable.Unknown is { } unknown)
            throw unknown.At(place);
        if (variable.Hold != Hold.Value || !variable.IsSet)
            throw ValueReader.Unknown(place);
        return (variable.Code, variable.Type);
    }

    private (ShapeCode Code, ITypeSymbol? Type) Member(MemberAccessExpressionSyntax access)
    {
        var name = access.Name.Identifier.ValueText;
        if (access.Expression is ThisExpressionSyntax)
            return OfClass(body.Names.InstanceMember(name) ?? throw ValueReader.Unknown(access), access);
        if (name is "Count" or "Length" && body.Lists.Variable(access.Expression) is { } list)
            return (ShapeCode.Join(list.Code, ".Count"), body.Names.Int);
        if (!StandsForValue(access.Expression) && body.Names.TypeNamed(access.Expression) is { } type)
        {
            var member = type.GetMembers(name).FirstOrDefault(candidate => candidate is IFieldSymbol or IPropertySymbol);
            return (member is null ? null : Reads.Static(Steady(member, access), body.Names.Assembly)) ?? throw ValueReader.Unknown(access);
        }

        var (owner, ownerType) = body.Values.Read(access.Expression);
        if (ownerType is null || Reads.Member(ownerType, name, body.Names.Assembly) is not { } found)
            throw ValueReader.Unknown(access);
        Steady(found, access);

        // A member that is named as its type: Kind.Wide.
        if (found.IsStatic)
            return Reads.Static(found, body.Names.Assembly) ?? throw ValueReader.Unknown(access);
        return (ShapeCode.Join(owner, $".{Reads.Identifier(name)}"), Reads.TypeOf(found));
    }

    // One that counts how often it is asked.
    private ISymbol Steady(ISymbol member, SyntaxNode place)
    {
        if (member is not IPropertySymbol { DeclaringSyntaxReferences.Length: > 0 } property)
            return member;

        // That there is no body is declared; what is in one is not.
        var getters = property.DeclaringSyntaxReferences.SelectMany(reference => Getter(reference.GetSyntax())).ToArray();
        if (getters.Length > 0)
            body.Functions.Files.Add(property.ContainingType);
        return getters.Any(Effects.Puts) ? throw ValueReader.Unknown(place) : member;
    }

    private static IEnumerable<SyntaxNode> Getter(SyntaxNode declaration)
    {
        return declaration switch
        {
            PropertyDeclarationSyntax { ExpressionBody: { } whole } => whole.DescendantNodes(),
            PropertyDeclarationSyntax { AccessorList: { } accessors } =>
                accessors.Accessors.Where(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration)).SelectMany(accessor => accessor.DescendantNodes()),
            _ => [],
        };
    }

    private bool StandsForValue(ExpressionSyntax owner)
    {
        while (owner is MemberAccessExpressionSyntax outer)
            owner = outer.Expression;
        return owner is not (IdentifierNameSyntax or PredefinedTypeSyntax or AliasQualifiedNameSyntax) || body.Variables.IsNamed(owner);
    }

    private (ShapeCode Code, ITypeSymbol? Type) Conditional(ConditionalAccessExpressionSyntax access)
    {
        var (owner, type) = body.Values.Read(access.Expression);
        var (members, last) = Members(access.WhenNotNull, type ?? throw ValueReader.Unknown(access), access);
        return (ShapeCode.Join(owner, "?" + members), last.IsValueType ? body.Names.Nullable(last) : last);
    }

    // The members after a question mark: .A.B
    private (string Code, ITypeSymbol Type) Members(ExpressionSyntax members, ITypeSymbol owner, SyntaxNode place)
    {
        if (members is ConditionalAccessExpressionSyntax both && Members(both.Expression, owner, place) is var (start, between)
            && Members(both.WhenNotNull, between, place) is var (end, endType))
            return ($"{start}?{end}", endType);

        var (before, type, name) = members switch
        {
            MemberBindingExpressionSyntax { Name: IdentifierNameSyntax first } => (string.Empty, owner, first),
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax next } access => Members(access.Expression, owner, place) is var (code, found)
                ? (code, found, next)
                : throw ValueReader.Unknown(place),
            _ => throw ValueReader.Unknown(place),
        };
        var member = Reads.Member(NumberTypes.Underlying(type), name.Identifier.ValueText, body.Names.Assembly);
        return member is { IsStatic: false } && Steady(member, place) is not null
            ? ($"{before}.{Reads.Identifier(name.Identifier.ValueText)}", Reads.TypeOf(member))
            : throw ValueReader.Unknown(place);
    }

    private (ShapeCode Code, ITypeSymbol? Type) Element(ElementAccessExpressionSyntax element, ArgumentSyntax index)
    {
        var (owner, type) = body.Values.Read(element.Expression);
        var result = type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { IsGenericType: true } list when list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic" =>
                list.TypeArguments[list.TypeArguments.Length - 1],
            _ => throw ValueReader.Unknown(element),
        };
        return (ShapeCode.Join(owner, "[", body.Values.Index(index.Expression), "]"), result);
    }
}
