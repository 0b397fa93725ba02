using LoraGen.Generator.Emitting;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Reads the constructors of a model that generated code can call, for the counting methods that repeat their parameters.</summary>
internal static class ConstructorReader
{
    public static IEnumerable<ConstructorFacts> Read(INamedTypeSymbol model, NamedTypes names)
    {
        var from = names.Assembly;
        return model.IsAbstract
            ? []
            : model.InstanceConstructors
                .Where(constructor => Reach.CanUse(constructor, from)
                    && !Reach.IsDiscouraged(constructor)
                    && SetsWhatIsRequired(constructor)
                    && constructor.Parameters.All(parameter => CanRepeat(parameter, from))
                    && !IsFunctionOf(model, constructor.Parameters)
                    && !model.InstanceConstructors.Any(other => IsByValueOf(other, constructor)))
                .Select(constructor => new ConstructorFacts(
                    constructor.Parameters.All(parameter => Reach.IsPublic(parameter.Type)),
                    constructor.Parameters.Select(parameter => Parameter(parameter, names)).ToEquatableArray()));
    }

    // Model(int) beside Model(in int): without the modifier, a call means the former.
    private static bool IsByValueOf(IMethodSymbol other, IMethodSymbol constructor)
    {
        return other.Parameters.Length == constructor.Parameters.Length
            && other.Parameters.Zip(constructor.Parameters, static (one, another) => (one, another))
                .All(pair => SymbolEqualityComparer.Default.Equals(pair.one.Type, pair.another.Type))
            && other.Parameters.Count(IsIn) < constructor.Parameters.Count(IsIn);

        static bool IsIn(IParameterSymbol parameter) => parameter.RefKind == RefKind.In;
    }

    private static bool SetsWhatIsRequired(IMethodSymbol constructor)
    {
        return !HasRequired(constructor.ContainingType)
            || constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute");
    }

    private static bool HasRequired(INamedTypeSymbol type)
    {
        return type.GetMembers().Any(member => member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true })
            || (type.BaseType is { } parent && HasRequired(parent));
    }

    // A lambda captures the parameters. A module or a tensor is created before the call and has weights: for these there is the count of a function.
    private static bool CanRepeat(IParameterSymbol parameter, IAssemblySymbol from)
    {
        return parameter.RefKind is RefKind.None or RefKind.In
            && !parameter.Type.IsRefLikeType
            && Reach.CanName(parameter.Type, from)
            && !Reach.IsDiscouraged(parameter.Type)
            && !TorchTypes.IsModule(parameter.Type)
            && !TorchTypes.IsTensor(parameter.Type)
            && (!parameter.HasExplicitDefaultValue || DefaultValue.Exists(parameter));
    }

    // Count(() => new Model()) must not be ambiguous.
    private static bool IsFunctionOf(INamedTypeSymbol model, IReadOnlyList<IParameterSymbol> parameters)
    {
        return parameters.Count == 1
            && parameters[0].Type is INamedTypeSymbol { Name: "Func", TypeArguments.Length: 1 } function
            && SymbolEqualityComparer.Default.Equals(function.TypeArguments[0], model);
    }

    private static ParameterFacts Parameter(IParameterSymbol parameter, NamedTypes names)
    {
        var name = Code.Identifier(parameter.Name);
        var value = parameter.HasExplicitDefaultValue ? " = " + DefaultValue.Of(parameter, names) : string.Empty;

        // Other collections can be params from C# 13 on.
        var modifier = parameter is { IsParams: true, Type: IArrayTypeSymbol } ? "params " : string.Empty;
        var isNullRefused = parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DisallowNullAttribute");
        var type = isNullRefused ? parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : parameter.Type;
        return new ParameterFacts(
            $"{modifier}{names.NullableName(type)} {name}{value}", name, TorchTypes.IsDevice(type), IsOptional: (modifier + value).Length > 0);
    }
}
