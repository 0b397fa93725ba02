using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Counting;

/// <summary>What a variable may hold, by its declared type.</summary>
internal enum Hold
{
    /// <summary>Neither module nor tensor: no parameter is in it.</summary>
    Value,

    /// <summary>A module, or anything.</summary>
    Module,

    /// <summary>A tensor, which may be a parameter.</summary>
    Tensor,

    /// <summary>Modules that TorchSharp does not register.</summary>
    Loose,

    /// <summary>A list of modules in a variable: what a container may be made of.</summary>
    List,
}

internal static class MemberHold
{
    public static Hold Of(ITypeSymbol type, Scope scope)
    {
        if (TorchTypes.IsModule(type))
            return Hold.Module;
        if (type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String)
            return Hold.Value;
        if (type.Name == "Parameter" ? TorchTypes.IsBuiltIn(type) : Names.IsTorch(type, "torch.Tensor"))
            return Hold.Tensor;
        if (MemberType.Of(type, scope)?.Kind is Models.MemberKind.Loose or Models.MemberKind.Unregistered)
            return Hold.Loose;
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Interface, IsGenericType: true } named && IsCollection(named))
            return named.TypeArguments.All(argument => Of(argument, scope) == Hold.Value) ? Hold.Value : Hold.Module;
        var isOpen = type.TypeKind is TypeKind.Interface or TypeKind.TypeParameter or TypeKind.Dynamic or TypeKind.Error;
        return isOpen || type.SpecialType == SpecialType.System_Object ? Hold.Module : Hold.Value;
    }

    /// <summary>Whether it is one of .NET's generic lists or dictionaries, or a contract of them.</summary>
    public static bool IsCollection(INamedTypeSymbol type)
    {
        return type.Name is "List" or "IList" or "IReadOnlyList" or "IEnumerable" or "ICollection" or "IReadOnlyCollection" or "Dictionary" or "IDictionary"
                or "IReadOnlyDictionary"
            && type.ContainingNamespace is { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } };
    }
}
