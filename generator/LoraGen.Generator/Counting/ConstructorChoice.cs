using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Which constructor arguments are for, where their number, names and types tell.</summary>
internal static class ConstructorChoice
{
    /// <summary>Null where none or several would take them.</summary>
    public static IMethodSymbol? Of(INamedTypeSymbol type, IReadOnlyList<ArgumentSyntax> arguments, BodyReader body)
    {
        var candidates = type.InstanceConstructors.Where(constructor => body.Names.CanCall(constructor) && Takes(constructor, arguments)).ToArray();
        if (candidates.Length <= 1)
            return candidates.FirstOrDefault();

        var types = arguments.ToDictionary(argument => argument, argument => TypeOf(argument.Expression, body));
        bool MayTake(ArgumentSyntax given, IParameterSymbol parameter) => types[given] is not { } found || body.Names.MayConvert(found, parameter.Type);
        candidates = [.. candidates.Where(constructor =>
            constructor.Parameters.Any(parameter => parameter.IsParams) || Each(constructor, arguments, MayTake))];
        if (candidates.Length <= 1)
            return candidates.FirstOrDefault();

        // What converts nothing is better than what does, and of alike ones the one that needs no default.
        var alike = candidates.Where(constructor => Each(constructor, arguments, (given, parameter) =>
            SymbolEqualityComparer.Default.Equals(types[given], parameter.Type)
            || candidates.All(other => SymbolEqualityComparer.Default.Equals(Parameter(other, given, arguments)?.Type, parameter.Type)))).ToArray();
        var exact = alike.Where(constructor => constructor.Parameters.Length == arguments.Count).ToArray();
        return alike.Length == 1 ? alike[0] : exact.Length == 1 ? exact[0] : null;
    }

    /// <summary>The argument for a parameter; null where it is left out.</summary>
    public static ArgumentSyntax? Argument(string parameter, int position, IReadOnlyList<ArgumentSyntax> arguments)
    {
        return arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter)
            ?? (position < arguments.Count && arguments[position].NameColon is null ? arguments[position] : null);
    }

    /// <summary>Whether a constructor or a method may be called with them.</summary>
    public static bool Takes(IMethodSymbol method, IReadOnlyList<ArgumentSyntax> arguments)
    {
        var parameters = method.Parameters;
        var isOpen = parameters.Any(parameter => parameter.IsParams);
        return (isOpen || arguments.Count <= parameters.Length)
            && arguments.All(argument => argument.NameColon is not { } name || parameters.Any(parameter => parameter.Name == name.Name.Identifier.ValueText))
            && parameters.All(parameter => parameter.IsOptional || parameter.IsParams || Argument(parameter.Name, parameter.Ordinal, arguments) is not null)
            && parameters.All(parameter => parameter.RefKind == RefKind.None);
    }

    private static bool Each(IMethodSymbol method, IReadOnlyList<ArgumentSyntax> arguments, Func<ArgumentSyntax, IParameterSymbol, bool> fits)
    {
        return arguments.All(argument => Parameter(method, argument, arguments) is { IsParams: false } parameter && fits(argument, parameter));
    }

    private static IParameterSymbol? Parameter(IMethodSymbol method, ArgumentSyntax given, IReadOnlyList<ArgumentSyntax> arguments)
    {
        return method.Parameters.FirstOrDefault(parameter => Argument(parameter.Name, parameter.Ordinal, arguments) == given);
    }

    // Null where that is not known.
    private static ITypeSymbol? TypeOf(ExpressionSyntax value, BodyReader body)
    {
        try
        {
            return body.Shapes.IsShape(value) ? body.Shapes.TypeOf(value) : body.Values.Read(value).Type;
        }
        catch (UnknownShapeException)
        {
            return null;
        }
    }
}
