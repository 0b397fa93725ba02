using LoraGen.Generator.Emitting;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Reads the type parameters that an adapter of a generic model must repeat.</summary>
internal static class TypeParameterReader
{
    public static TypeParameters Read(INamedTypeSymbol model)
    {
        var parameters = All(model).ToArray();
        var names = parameters.Select(parameter => Code.Identifier(parameter.Name)).ToEquatableArray();
        return new TypeParameters(names, parameters.Select(Constraint).OfType<string>().ToEquatableArray());
    }

    private static IEnumerable<ITypeParameterSymbol> All(INamedTypeSymbol type)
    {
        return type.ContainingType is { } outer ? All(outer).Concat(type.TypeParameters) : type.TypeParameters;
    }

    private static string? Constraint(ITypeParameterSymbol parameter)
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

        constraints.AddRange(parameter.ConstraintTypes.Select(type => TypeNames.FullName(type)));
        if (parameter.HasConstructorConstraint)
            constraints.Add("new()");
        return constraints.Count == 0 ? null : $"where {Code.Identifier(parameter.Name)} : {string.Join(", ", constraints)}";
    }
}
