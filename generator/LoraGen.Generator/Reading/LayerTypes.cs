using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Determines which classes are layers: TorchSharp's, and linear layers that implement the contract or that the assembly declares.</summary>
internal sealed class LayerTypes
{
    private readonly IReadOnlyList<(INamedTypeSymbol Type, AttributeData Attribute)> _declared;

    private LayerTypes(IReadOnlyList<(INamedTypeSymbol Type, AttributeData Attribute)> declared) => _declared = declared;

    public static LayerTypes Of(IAssemblySymbol assembly)
    {
        return new LayerTypes([.. assembly.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.ToDisplayString() == "LoraGen.LinearLayerAttribute")
            .Select(attribute => (attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol, attribute))
            .Where(entry => entry.Item1 is not null and not IErrorTypeSymbol)
            .Select(entry => (entry.Item1!, entry.attribute))]);
    }

    /// <summary>The classes that the assembly declares to be layers, and their bases.</summary>
    public IEnumerable<INamedTypeSymbol> Declared => _declared.SelectMany(declared => WithBases(declared.Type));

    /// <summary>The kind of layer; unknown for any other type.</summary>
    public LayerKind KindOf(ITypeSymbol type)
    {
        return TorchTypes.LayerKindOf(type) is var kind and not LayerKind.Unknown ? kind : IsLinear(type) ? LayerKind.Linear : LayerKind.Unknown;
    }

    public bool IsLayer(ITypeSymbol type) => KindOf(type) != LayerKind.Unknown;

    /// <summary>Whether the type implements <c>ILinearLayer</c>. It is a layer only if its calls have one tensor.</summary>
    public static bool HasContract(ITypeSymbol type) => type.AllInterfaces.Any(contract => contract.ToDisplayString() == "LoraGen.ILinearLayer");

    private bool IsLinear(ITypeSymbol type)
    {
        return (TorchTypes.DerivesFromTensorModule(type) && HasContract(type))
            || _declared.Any(declared => DerivesFrom(type, declared.Type));
    }

    /// <summary>The declared classes as facts. A missing member is an error that names it.</summary>
    public IEnumerable<LayerTypeFacts> Facts(NamedTypes names)
    {
        return _declared.Select(declared => new LayerTypeFacts(
            FullName(declared.Type, names),
            Member(declared, "InFeatures", names),
            Member(declared, "OutFeatures", names),
            Member(declared, "Weight", names),
            Member(declared, "Bias", names)));
    }

    private static string FullName(INamedTypeSymbol declared, NamedTypes names)
    {
        return TorchTypes.DerivesFromTensorModule(declared)
            ? names.FullName(declared)
            : throw new UnreadableModelException(
                $"[LinearLayer(typeof({declared.Name}))] is for classes that derive from Module<Tensor, Tensor>: no adapter can act on the calls of others");
    }

    private static MemberRead? Member((INamedTypeSymbol Type, AttributeData Attribute) declared, string option, NamedTypes names)
    {
        if (declared.Attribute.NamedArguments.FirstOrDefault(argument => argument.Key == option).Value.Value is not string name)
            return null;

        for (INamedTypeSymbol? type = declared.Type; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).FirstOrDefault(member => Reach.CanUse(member, names.Assembly)) is { } member)
            {
                names.Note(member);
                return new MemberRead(name, string.Empty, new MemberAccess(names.FullName(type), null));
            }

            if (FieldOf(type, name) is { } field)
                return new MemberRead(name, names.FullName(field.Type), new MemberAccess(names.FullName(type), field.Name));
        }

        throw new UnreadableModelException(
            $"[LinearLayer(typeof({declared.Type.Name}))] names {option} = \"{name}\", which is no field or readable property of it that the compiler can see "
            + "(private members of a referenced assembly it can't)");
    }

    // The field of that name, or behind the property of that name.
    private static IFieldSymbol? FieldOf(INamedTypeSymbol type, string name)
    {
        return type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => (field.AssociatedSymbol ?? field).Name == name);
    }

    private static IEnumerable<INamedTypeSymbol> WithBases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    private static bool DerivesFrom(ITypeSymbol type, INamedTypeSymbol declared)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, declared))
                return true;
        }

        return false;
    }
}
