using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Counting;

/// <summary>Types of which who gets a value may change what the giver has: classes with something to set, arrays, lists.</summary>
internal static class ChangeableTypes
{
    // A type within itself this often is taken for changeable.
    private const int MostDepth = 4;

    public static bool Contain(ITypeSymbol type) => Contain(type, 0);

    private static bool Contain(ITypeSymbol type, int depth)
    {
        if (type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String || type.TypeKind is TypeKind.Enum or TypeKind.Delegate)
            return false;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional)
            return Contain(optional.TypeArguments[0], depth);
        if (TorchTypes.IsBuiltIn(type) || type.ContainingAssembly?.Name.Contains("Torch") == true)
            return false;
        if (type.ContainingNamespace?.ToDisplayString() == "System" && (type.IsValueType || type.Name is "Type" or "Uri" or "Version"))
            return false;
        if (type is INamedTypeSymbol { IsGenericType: true } list && type.ContainingNamespace?.ToDisplayString() == "System.Collections.Immutable")
            return depth == MostDepth || list.TypeArguments.Any(argument => Contain(argument, depth + 1));
        return depth == MostDepth || type.DeclaringSyntaxReferences.Length == 0 || !IsFixed(type, depth);
    }

    // Records of init properties, read-only structs: all that a value holds was set when it was made.
    private static bool IsFixed(ITypeSymbol type, int depth)
    {
        for (var current = type; current is not null && current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); current = current.BaseType)
        {
            if (current.DeclaringSyntaxReferences.Length == 0
                || current.GetMembers().OfType<IFieldSymbol>().Any(field =>
                    !field.IsStatic && ((!field.IsReadOnly && !type.IsValueType) || Contain(field.Type, depth + 1))))
                return false;
        }

        return type.TypeKind is TypeKind.Class or TypeKind.Struct;
    }
}
