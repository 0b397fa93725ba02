using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>What the declared type of a member says about the module in it.</summary>
/// <param name="ModuleClass">The class whose members are followed: a user-defined layer has one too.</param>
/// <param name="Layer">The kind of the layer, or of those in a list.</param>
/// <param name="Held">How the modules are read that the member holds without registering them.</param>
internal sealed record MemberType(MemberKind Kind, INamedTypeSymbol? ModuleClass = null, LayerKind Layer = LayerKind.Unknown, string? Held = null)
{
    public static readonly MemberType Unreadable = new(MemberKind.Unreadable);

    /// <summary>Null for a type that neither is nor contains a layer.</summary>
    public static MemberType? Of(ITypeSymbol type, Scope scope)
    {
        var member = Classify(type, scope);
        return member is null || Reach.CanName(type, scope.Assembly) ? member : OutOfReach(member.Kind);
    }

    /// <summary>The type of a member that generated code can't read.</summary>
    public static MemberType OutOfReach(MemberKind kind) => kind == MemberKind.UnregisteredCollection ? new(MemberKind.UnreadableCollection) : Unreadable;

    private static MemberType? Classify(ITypeSymbol type, Scope scope)
    {
        if (HeldModules.Of(type, scope.Assembly) is (var expression, HoldsModules: true))
            return expression is null ? new(MemberKind.UnreadableCollection) : new(MemberKind.UnregisteredCollection, Held: expression);
        if (TorchTypes.IsModuleList(type))
            return List(((INamedTypeSymbol)type).TypeArguments[0], scope);
        if (scope.Layers.KindOf(type) is var layer and not LayerKind.Unknown)
            return new MemberType(MemberKind.Layer, TorchTypes.IsBuiltIn(type) ? null : Followed(type), layer);
        if (TorchTypes.IsOpen(type))
            return new MemberType(MemberKind.Open);
        if (!TorchTypes.IsModule(type) || TorchTypes.IsBuiltIn(type))
            return null;

        return Followed(type) is { } named ? new MemberType(MemberKind.Module, named) : new MemberType(MemberKind.Open);
    }

    private static INamedTypeSymbol? Followed(ITypeSymbol type) => type is INamedTypeSymbol named && HasReadableMembers(named) ? named : null;

    private static MemberType List(ITypeSymbol element, Scope scope)
    {
        return Classify(element, scope) switch
        {
            { Kind: MemberKind.Layer, Layer: var layer, ModuleClass: var layerClass } => new MemberType(MemberKind.LayerList, layerClass, layer),
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
}
