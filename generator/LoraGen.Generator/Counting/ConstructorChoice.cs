using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Which constructor arguments are for, where their number and names tell.</summary>
internal static class ConstructorChoice
{
    /// <summary>Null where none or several would take them.</summary>
    public static IMethodSymbol? Of(INamedTypeSymbol type, IReadOnlyList<ArgumentSyntax> arguments)
    {
        var candidates = type.InstanceConstructors.Where(constructor => Takes(constructor, arguments)).ToArray();
        if (candidates.Length <= 1)
            return candidates.FirstOrDefault();

        // One that needs no default is the better one.
        var exact = candidates.Where(constructor => constructor.Parameters.Length == arguments.Count).ToArray();
        var byLiterals = exact.Where(constructor => FitLiterals(constructor, arguments)).ToArray();
        return exact.Length == 1 ? exact[0] : byLiterals.Length == 1 ? byLiterals[0] : null;
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

    private static bool FitLiterals(IMethodSymbol constructor, IReadOnlyList<ArgumentSyntax> arguments)
    {
        return constructor.Parameters.All(parameter => Argument(parameter.Name, parameter.Ordinal, arguments)?.Expression switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression or (int)SyntaxKind.FalseLiteralExpression } =>
                parameter.Type.SpecialType == SpecialType.System_Boolean,
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } => parameter.Type.SpecialType is SpecialType.System_Int32
                or SpecialType.System_Int64 or SpecialType.System_Double or SpecialType.System_Single,
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } => parameter.Type.SpecialType == SpecialType.System_String,
            _ => true,
        });
    }
}
