using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>A method of the user's, or a function within one.</summary>
/// <param name="Symbol">The method; null for a function within one.</param>
/// <param name="Name">The name of the function that it is mirrored into, should that be free.</param>
/// <param name="Label">As messages name it.</param>
/// <param name="Type">The class in which it stands.</param>
/// <param name="IsStatic">Whether it knows no object.</param>
/// <param name="Hold">What it returns; null for none.</param>
/// <param name="Returns">The type of it.</param>
internal sealed record CalledMethod(
    IMethodSymbol? Symbol,
    LocalFunctionStatementSyntax? Local,
    string Name,
    string Label,
    INamedTypeSymbol Type,
    bool IsStatic,
    Hold? Hold,
    ITypeSymbol? Returns,
    IReadOnlyList<CalledParameter> Parameters)
{
    /// <summary>A function within a body; null where its declaration can't be read.</summary>
    public static CalledMethod? Of(LocalFunctionStatementSyntax local, INamedTypeSymbol type, BodyReader body)
    {
        var isVoid = local.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        var returns = isVoid ? null : body.Names.TypeOf(local.ReturnType);
        var parameters = local.ParameterList.Parameters.Select((parameter, position) => CalledParameter.Of(parameter, position, body)).ToArray();
        if ((returns is null && !isVoid) || local.TypeParameterList is not null || parameters.Any(parameter => parameter is null))
            return null;
        var name = local.Identifier.ValueText;
        return new CalledMethod(
            null,
            local,
            $"Call_{Reading.TypeNames.SimpleName(type)}_{name}",
            $"{type.Name}.{name}",
            type,
            !body.IsOfModule || local.Modifiers.Any(SyntaxKind.StaticKeyword),
            isVoid ? null : body.Functions.HoldOf(returns!),
            returns,
            parameters!);
    }

    public static CalledMethod Of(IMethodSymbol method, ShapeFunctions functions)
    {
        return new CalledMethod(
            method,
            null,
            $"Call_{Reading.TypeNames.SimpleName(method.ContainingType)}_{method.Name}",
            $"{method.ContainingType.Name}.{method.Name}",
            method.ContainingType,
            method.IsStatic,
            method.ReturnsVoid ? null : functions.HoldOf(method.ReturnType),
            method.ReturnsVoid ? null : method.ReturnType,
            [.. method.Parameters.Select(CalledParameter.Of)]);
    }
}

/// <param name="Position">Its place among them, by which an argument without a name is for it.</param>
/// <param name="IsOpen">Whether it takes any number of arguments.</param>
/// <param name="Default">What it is where no argument is given.</param>
internal sealed record CalledParameter(string Name, ITypeSymbol Type, int Position, bool IsOpen, Func<ShapeCode> Default)
{
    /// <summary>Null where it is not handed over by value, or its type can't be told.</summary>
    public static CalledParameter? Of(ParameterSyntax parameter, int position, BodyReader body)
    {
        var isOpen = parameter.Modifiers.Any(SyntaxKind.ParamsKeyword);
        if (parameter.Type is null || body.Names.TypeOf(parameter.Type) is not { } type || (!isOpen && parameter.Modifiers.Count > 0))
            return null;
        return new CalledParameter(parameter.Identifier.ValueText, type, position, isOpen, () => parameter.Default is { Value: var value }
            ? body.Values.Read(value, type).Code
            : throw ValueReader.Unknown(parameter));
    }

    public static CalledParameter Of(IParameterSymbol parameter)
    {
        return new CalledParameter(parameter.Name, parameter.Type, parameter.Ordinal, parameter.IsParams, () => Reads.Default(parameter));
    }
}
