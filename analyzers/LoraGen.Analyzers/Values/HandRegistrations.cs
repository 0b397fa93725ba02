using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Analyzers;

/// <summary>Modules that a class registers by a call, under a name that isn't that of the member.</summary>
internal static class HandRegistrations
{
    public static bool AreIn(INamedTypeSymbol type, CancellationToken cancellation)
    {
        return type.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax(cancellation).DescendantNodes())
            .OfType<InvocationExpressionSyntax>()
            .Any(call => Last(call.Expression) is "register_module" or "add_module" && !IsOfField(call));
    }

    // register_module("fc", fc)
    private static bool IsOfField(InvocationExpressionSyntax call)
    {
        return call.ArgumentList.Arguments.Count == 2
            && Text(call.ArgumentList.Arguments[0].Expression) is { } name
            && Last(call.ArgumentList.Arguments[1].Expression) == name;
    }

    private static string? Text(ExpressionSyntax name)
    {
        return name switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call when Last(call.Expression) == "nameof" =>
                Last(arguments[0].Expression),
            _ => null,
        };
    }

    private static string? Last(ExpressionSyntax expression)
    {
        return expression switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => null,
        };
    }
}
