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
    private const string Checkpoint = "LoraGen.CheckpointAttribute";

    // On a class the other attributes are read elsewhere.
    private static readonly HashSet<string> NamesOnClasses = ["Checkpoint", "CheckpointAttribute"];

    // By the names that they are written with.
    private static readonly HashSet<string> Names =
    [
        .. MethodFacts.All.Select(method => method.Name).Concat(["LoraIgnore", "Trainable", "Adapter", "Checkpoint"])
            .SelectMany(name => new[] { name, name + "Attribute" }),
    ];

    /// <summary>
    /// Tells from its text whether a field, property or class may have one of the attributes, also on its backing field or under an alias of the file.
    /// </summary>
    public static bool MayHaveAttribute(SyntaxNode node)
    {
        return Member(node) is { AttributeLists: { Count: > 0 } lists }
            && (node is ClassDeclarationSyntax ? NamesOnClasses : Names) is var names
            && lists.SelectMany(list => list.Attributes).Any(attribute => names.Contains(SimpleName(attribute.Name)) || IsAlias(attribute.Name));
    }

    /// <summary>Reads the attributes of a field, or of a property and its backing field.</summary>
    public static IEnumerable<MemberAttributeFacts> Read(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var declared = context.SemanticModel.GetDeclaredSymbol(context.Node, cancellation);
        if (declared is INamedTypeSymbol type)
            return IsCheckpointed(type) ? [new CheckpointedClass(MetadataName(type))] : [];
        return declared is { } member
            ? Read(member, field => AttributesOf(member, field), context.SemanticModel.Compilation)
            : [];
    }

    private static bool IsCheckpointed(INamedTypeSymbol type)
    {
        return TorchTypes.IsModule(type) && type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == Checkpoint);
    }

    private static IEnumerable<AttributeData> AttributesOf(ISymbol member, IFieldSymbol field)
    {
        return member is IFieldSymbol ? field.GetAttributes() : member.GetAttributes().Concat(field.GetAttributes());
    }

    private static MemberDeclarationSyntax? Member(SyntaxNode node)
    {
        return node switch
        {
            PropertyDeclarationSyntax property => property,
            ClassDeclarationSyntax @class => @class,
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } => field,
            _ => null,
        };
    }

    private static string SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => string.Empty,
    };

    private static bool IsAlias(NameSyntax name)
    {
        return name is IdentifierNameSyntax simple
            && name.SyntaxTree.GetRoot() is CompilationUnitSyntax file
            && file.Usings.Any(directive => directive.Alias?.Name.Identifier.ValueText == simple.Identifier.ValueText);
    }

    private static IEnumerable<MemberAttributeFacts> Read(ISymbol member, Func<IFieldSymbol, IEnumerable<AttributeData>> attributes, Compilation compilation)
    {
        if (Field(member) is not { IsStatic: false } field || !TorchTypes.IsModule(member.ContainingType))
            return [];

        var @class = MetadataName(member.ContainingType);
        var component = MemberReader.Component(field);
        return attributes(field).Select(attribute => Read(attribute, @class, component, field, compilation)).OfType<MemberAttributeFacts>();
    }

    private static MemberAttributeFacts? Read(AttributeData attribute, string @class, string component, IFieldSymbol field, Compilation compilation)
    {
        var facts = AttributeReader.Read(attribute);
        switch (attribute.AttributeClass?.ToDisplayString())
        {
            case Ignore:
                return new IgnoredMember(@class, component);
            case Checkpoint:
                return new CheckpointedMember(@class, component, Every(attribute));
            case Train:
                return new TrainedMember(@class, component, facts.Name, field.NullableAnnotation == NullableAnnotation.Annotated);
            default:
                return MethodReader.Of(attribute.AttributeClass) is { } method
                    && (MethodReader.OwnOf(attribute.AttributeClass) is not { } own || Reach.CanName(own, compilation.Assembly))
                        ? Adapted(attribute, method, @class, component, compilation)
                        : null;
        }
    }

    private static int Every(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Every").Value.Value is int every ? every : 1;

    private static AdaptedMember Adapted(AttributeData attribute, MethodFacts method, string @class, string component, Compilation compilation)
    {
        var facts = AttributeReader.Read(attribute);
        if (MethodReader.OwnOf(attribute.AttributeClass) is not { } own)
            return new AdaptedMember(@class, component, facts.Name, method.MethodType, facts.Options, NameNeeds.None);

        var names = new NamedTypes(compilation);
        return new AdaptedMember(@class, component, facts.Name, names.FullName(own), facts.Options, names.Needs);
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
