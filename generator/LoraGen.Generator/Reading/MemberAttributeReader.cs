using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>Reads the attributes on members of module classes.</summary>
internal static class MemberAttributeReader
{
    private const string Ignore = "LoraGen.LoraIgnoreAttribute";
    private const string Train = "LoraGen.TrainableAttribute";

    /// <summary>Metadata names of the attributes.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
        [Ignore, Train, .. MethodFacts.All.Select(method => method.Attribute), MethodReader.OwnAttribute];

    public static bool IsMember(SyntaxNode node) => node is VariableDeclaratorSyntax or PropertyDeclarationSyntax;

    /// <summary>Whether the node is a property with attributes on its backing field, which are no attributes of the property.</summary>
    public static bool HasFieldAttributes(SyntaxNode node)
    {
        return node is PropertyDeclarationSyntax property
            && property.AttributeLists.Any(list => list.Target?.Identifier.IsKind(SyntaxKind.FieldKeyword) == true);
    }

    public static IEnumerable<MemberAttributeFacts> Read(GeneratorAttributeSyntaxContext context)
    {
        return Read(context.TargetSymbol, _ => context.Attributes, context.SemanticModel.Compilation.Assembly);
    }

    /// <summary>Reads the attributes on a property's backing field.</summary>
    public static IEnumerable<MemberAttributeFacts> ReadField(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        return context.SemanticModel.GetDeclaredSymbol(context.Node, cancellation) is { } member
            ? Read(member, static field => field.GetAttributes(), context.SemanticModel.Compilation.Assembly)
            : [];
    }

    private static IEnumerable<MemberAttributeFacts> Read(ISymbol member, Func<IFieldSymbol, IEnumerable<AttributeData>> attributes, IAssemblySymbol from)
    {
        if (Field(member) is not { IsStatic: false } field || !TorchTypes.IsModule(member.ContainingType))
            return [];

        var @class = MetadataName(member.ContainingType);
        var component = MemberReader.Component(field);
        return attributes(field).Select(attribute => Read(attribute, @class, component, field, from)).OfType<MemberAttributeFacts>();
    }

    private static MemberAttributeFacts? Read(AttributeData attribute, string @class, string component, IFieldSymbol field, IAssemblySymbol from)
    {
        var facts = AttributeReader.Read(attribute);
        switch (attribute.AttributeClass?.ToDisplayString())
        {
            case Ignore:
                return new IgnoredMember(@class, component);
            case Train:
                return new TrainedMember(@class, component, facts.Name, field.NullableAnnotation == NullableAnnotation.Annotated);
            default:
                return MethodReader.Of(attribute.AttributeClass) is { } method
                    && (MethodReader.OwnOf(attribute.AttributeClass) is not { } own || Reach.CanName(own, from))
                        ? new AdaptedMember(@class, component, facts.Name, method.MethodType, facts.Options)
                        : null;
        }
    }

    private static IFieldSymbol? Field(ISymbol member)
    {
        return member as IFieldSymbol ?? member.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, member));
    }

    private static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{MetadataName(outer)}+{type.MetadataName}";
        return type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString(Plain)}.{type.MetadataName}";
    }

    private static readonly SymbolDisplayFormat Plain = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);
}
