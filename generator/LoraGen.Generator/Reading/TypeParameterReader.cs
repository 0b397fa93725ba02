using LoraGen.Generator.Emitting;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Reads the type parameters that an adapter of a generic model must repeat.</summary>
internal static class TypeParameterReader
{
    public static TypeParameters Read(INamedTypeSymbol model, NamedTypes names)
    {
        var parameters = All(model).ToArray();
        return new TypeParameters(
            parameters.Select(parameter => Code.Identifier(parameter.Name)).ToEquatableArray(),
            parameters.Select(parameter => Constraint(parameter, names)).OfType<string>().ToEquatableArray());
    }

    /// <summary>The number of type parameters of the model and of the types that contain it.</summary>
    public static int Count(INamedTypeSymbol model) => All(model).Count();

    private static IEnumerable<ITypeParameterSymbol> All(INamedTypeSymbol type)
    {
        return type.ContainingType is { } outer ? All(outer).Concat(type.TypeParameters) : type.TypeParameters;
    }

    private static string? Constraint(ITypeParameterSymbol parameter, NamedTypes names)
    {
        var constraints = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
            constraints.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            constraints.Add("struct");
        else if (parameter.HasReferenceTypeConstraint)
            constraints.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint)
            constraints.Add("notnull");

        constraints.AddRange(parameter.ConstraintTypes.Select(names.FullName));
        if (parameter.HasConstructorConstraint)
            constraints.Add("new()");
        return constraints.Count == 0 ? null : $"where {Code.Identifier(parameter.Name)} : {string.Join(", ", constraints)}";
    }
}
