using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A module, or a list of modules, at one place of a model.</summary>
/// <param name="Path">Its state_dict path, with # for an index.</param>
/// <param name="Field">The field that holds it, which may be a property's backing field.</param>
/// <param name="Class">The module class in which the path reaches it: the field's own or one that derives from it.</param>
/// <param name="Type">Its declared type; for a list, that of the elements.</param>
/// <param name="Kind">How the generator classifies it; null for a module that it skips.</param>
/// <param name="IsIgnored">Whether it or a member that contains it has [LoraIgnore], or [Trainable] for every adapter.</param>
internal sealed record ModelMember(
    string Path, IFieldSymbol Field, INamedTypeSymbol Class, ITypeSymbol Type, bool IsInList, MemberKind? Kind, bool IsIgnored)
{
    /// <summary>The expression that creates it, if it is a module of the Sequential in the field.</summary>
    public IOperation? Value { get; init; }

    /// <summary>Whether it is, or may be at run time, a layer that can be adapted.</summary>
    public bool IsLayer => Kind is MemberKind.Layer or MemberKind.LayerList or MemberKind.Open or MemberKind.Unreadable;

    /// <summary>The field, or the property that it backs.</summary>
    public ISymbol Symbol => Field.AssociatedSymbol ?? Field;

    /// <summary>The name in the path: the field's, or the one given to TorchSharp.</summary>
    public string Name => Path.Replace(".#", string.Empty).Split('.').Last();
}
