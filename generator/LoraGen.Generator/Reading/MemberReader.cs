using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Reading;

/// <summary>Reads which members of a module class hold modules, as TorchSharp registers them: fields, the derived class's first.</summary>
internal static class MemberReader
{
    private const string Ignore = "LoraGen.LoraIgnoreAttribute";
    private const string Train = "LoraGen.TrainableAttribute";

    public static IEnumerable<(MemberFacts Facts, INamedTypeSymbol? ModuleClass)> Read(INamedTypeSymbol module, Scope scope)
    {
        return ReadFields(module, scope).Where(field => field.Known is not null).Select(field => field.Known!.Value);
    }

    /// <summary>Every field, and the facts of those that hold something that can be adapted.</summary>
    public static IEnumerable<(IFieldSymbol Field, (MemberFacts Facts, INamedTypeSymbol? ModuleClass)? Known)> ReadFields(INamedTypeSymbol module, Scope scope)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var type = module; type is not null && !TorchTypes.IsModuleBase(type); type = type.BaseType)
        {
            foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
            {
                // The name is missing while it is being typed.
                if (field.IsStatic || field.IsConst || field.Name.Length == 0 || !seen.Add(field.Name))
                    continue;

                var attributes = Attributes(field);
                yield return Classify(field, attributes, scope) is { } member
                    ? (field, (Facts(field, attributes, member, scope), member.ModuleClass))
                    : (field, null);
            }
        }
    }

    /// <summary>The name under which TorchSharp registers the field; for an auto-property's field, the property's name.</summary>
    public static string Component(IFieldSymbol field) => Component(field, Attributes(field));

    private static string Component(IFieldSymbol field, IReadOnlyList<AttributeData> attributes)
    {
        return ComponentName(attributes) ?? Clean(Symbol(field).Name);
    }

    private static MemberType? Classify(IFieldSymbol field, IReadOnlyList<AttributeData> attributes, Scope scope)
    {
        var member = MemberType.Of(field.Type, scope);
        if (member is not null && !CanRead(field, scope.Assembly))
            return MemberType.OutOfReach(member.Kind);

        // A member with an attribute holds a module, whatever its declared type is.
        return member ?? (attributes.Any(data => Name(data) == scope.Attribute || Name(data) is Ignore or Train) ? MemberType.Unreadable : null);
    }

    private static MemberFacts Facts(IFieldSymbol field, IReadOnlyList<AttributeData> attributes, MemberType member, Scope scope)
    {
        var symbol = Symbol(field);
        return new MemberFacts(
            Clean(symbol.Name),
            Component(field, attributes),
            member.Kind,
            scope.Names.FullName(field.Type),
            scope.Names.Label(field.Type),
            member.ModuleClass is { } moduleClass ? scope.Names.FullName(moduleClass) : null,
            field.NullableAnnotation == NullableAnnotation.Annotated,
            attributes.Any(data => Name(data) == Ignore),
            attributes.Where(data => Name(data) == scope.Attribute).Select(AttributeReader.Read).ToEquatableArray(),
            new MemberAccess(scope.Names.FullName(field.ContainingType), StoredMember.IsReadByName(field, scope.Assembly) ? null : field.Name),
            member.Layer,
            Held: member.Held,
            TrainedBeside: attributes.Where(data => Name(data) == Train).Select(data => AttributeReader.Read(data).Name ?? string.Empty).ToEquatableArray());
    }

    // An accessor's class must not be generic: .NET 8 finds no private member of one.
    private static bool CanRead(IFieldSymbol field, IAssemblySymbol from)
    {
        return StoredMember.IsReadByName(field, from) || (!field.ContainingType.IsGenericType && SyntaxFacts.IsValidIdentifier(Clean(Symbol(field).Name)));
    }

    private static ISymbol Symbol(IFieldSymbol field) => field.AssociatedSymbol ?? field;

    private static IReadOnlyList<AttributeData> Attributes(IFieldSymbol field)
    {
        return field.AssociatedSymbol is { } property ? [.. property.GetAttributes(), .. field.GetAttributes()] : field.GetAttributes();
    }

    // In a referenced assembly a property's backing field isn't associated with it: <Name>k__BackingField.
    private static string Clean(string name) => name[0] == '<' ? name.Substring(1, name.IndexOf('>') - 1) : name;

    private static string? Name(AttributeData data) => data.AttributeClass?.ToDisplayString();

    private static string? ComponentName(IEnumerable<AttributeData> attributes)
    {
        return attributes
            .FirstOrDefault(data => Name(data) == "TorchSharp.Utils.ComponentNameAttribute")
            ?.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string;
    }
}
