using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Reads which members of a module class hold modules, as TorchSharp registers them: fields, the derived class's first.</summary>
internal static class MemberReader
{
    public static IEnumerable<(MemberFacts Facts, INamedTypeSymbol? ModuleClass)> Read(INamedTypeSymbol module, string attribute, IAssemblySymbol from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var type = module; type is not null && !TorchTypes.IsModuleBase(type); type = type.BaseType)
        {
            foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
            {
                if (field.IsStatic || field.IsConst || !seen.Add(field.Name) || MemberType.Of(field.Type, from) is not { } member)
                    continue;

                yield return (Facts(field, member, attribute, from), member.ModuleClass);
            }
        }
    }

    private static MemberFacts Facts(IFieldSymbol field, MemberType member, string attribute, IAssemblySymbol from)
    {
        var symbol = field.AssociatedSymbol ?? field;
        var attributes = symbol.GetAttributes();
        var usable = symbol is IPropertySymbol { GetMethod: { } getter } ? Reach.CanUse(getter, from) : Reach.CanUse(symbol, from);
        return new MemberFacts(
            Clean(symbol.Name),
            ComponentName(attributes) ?? Clean(symbol.Name),
            member.Kind,
            TypeNames.FullName(field.Type),
            TypeNames.Label(field.Type),
            member.ModuleClass is { } moduleClass ? TypeNames.FullName(moduleClass) : null,
            field.NullableAnnotation == NullableAnnotation.Annotated,
            attributes.Any(data => data.AttributeClass?.ToDisplayString() == "LoraGen.LoraIgnoreAttribute"),
            attributes.Where(data => data.AttributeClass?.ToDisplayString() == attribute).Select(AttributeReader.Read).ToEquatableArray(),
            new MemberAccess(TypeNames.FullName(field.ContainingType), usable ? null : field.Name));
    }

    // In a referenced assembly a property's backing field stands alone: <Name>k__BackingField.
    private static string Clean(string name) => name[0] == '<' ? name.Substring(1, name.IndexOf('>') - 1) : name;

    private static string? ComponentName(IEnumerable<AttributeData> attributes)
    {
        return attributes
            .FirstOrDefault(data => data.AttributeClass?.ToDisplayString() == "TorchSharp.Utils.ComponentNameAttribute")
            ?.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string;
    }
}
