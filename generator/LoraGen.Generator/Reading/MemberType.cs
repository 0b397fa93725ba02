using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>What the declared type of a member tells of the module in it.</summary>
internal sealed record MemberType(MemberKind Kind, INamedTypeSymbol? ModuleClass = null)
{
    public static readonly MemberType Unreadable = new(MemberKind.Unreadable);

    /// <summary>Null for what neither is nor holds a layer.</summary>
    public static MemberType? Of(ITypeSymbol type, IAssemblySymbol from)
    {
        var member = Classify(type, from);
        return member is null or { Kind: MemberKind.Unregistered } || Reach.CanName(type, from) ? member : Unreadable;
    }

    private static MemberType? Classify(ITypeSymbol type, IAssemblySymbol from)
    {
        if (Element(type) is { } element && TorchTypes.IsModule(element))
            return new MemberType(MemberKind.Unregistered);
        if (TorchTypes.IsModuleList(type))
            return List(((INamedTypeSymbol)type).TypeArguments[0], from);
        if (TorchTypes.IsLinear(type))
            return new MemberType(MemberKind.Layer);
        if (TorchTypes.IsOpen(type))
            return new MemberType(MemberKind.Open);
        if (!TorchTypes.IsModule(type) || TorchTypes.IsBuiltIn(type))
            return null;

        return type is INamedTypeSymbol named && HasReadableMembers(named)
            ? new MemberType(MemberKind.Module, named)
            : new MemberType(MemberKind.Open);
    }

    private static MemberType List(ITypeSymbol element, IAssemblySymbol from)
    {
        return Classify(element, from) switch
        {
            { Kind: MemberKind.Layer } => new MemberType(MemberKind.LayerList),
            { Kind: MemberKind.Module, ModuleClass: { } moduleClass } => new MemberType(MemberKind.ModuleList, moduleClass),
            _ => new MemberType(MemberKind.Open),
        };
    }

    // Accessors of a generic class's private members need the class's own type parameters.
    private static bool HasReadableMembers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null && !TorchTypes.IsModuleBase(current); current = current.BaseType)
        {
            for (INamedTypeSymbol? outer = current; outer is not null; outer = outer.ContainingType)
            {
                if (outer.IsGenericType)
                    return false;
            }
        }

        return true;
    }

    private static ITypeSymbol? Element(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType;
        if (TorchTypes.IsModule(type))
            return null;

        return type is INamedTypeSymbol { Name: "List" or "IList" or "IReadOnlyList" or "Dictionary" or "IEnumerable", IsGenericType: true } named
            ? named.TypeArguments[named.TypeArguments.Length - 1]
            : null;
    }
}
