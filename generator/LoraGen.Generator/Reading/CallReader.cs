using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>Finds <c>.forward(</c> calls whose receiver may be a site, or is an adapted model.</summary>
internal static class CallReader
{
    private const string InterceptorsFeature = "InterceptorsNamespaces";

    /// <summary>By the text; false in every file of a compilation that does not let us intercept, as design-time builds don't.</summary>
    public static bool MayBeIntercepted(SyntaxNode node)
    {
        return node is InvocationExpressionSyntax call
            && CalledName(call.Expression) == "forward"
            && node.SyntaxTree.Options.Features.TryGetValue(InterceptorsFeature, out var namespaces)
            && namespaces.Split(';').Contains(InterceptorsNamespace);
    }

    /// <summary>The namespace that the package's props open to interceptors.</summary>
    public const string InterceptorsNamespace = "LoraGen.Generated";

    public static InterceptedCall? Read(SemanticModel semantics, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { Name: "forward", IsStatic: false } called
            || ForwardMethodReader.Read(called, semantics.Compilation.Assembly) is not { } method
            || semantics.GetInterceptableLocation(call, cancellation) is not { } location)
        {
            return null;
        }

        var start = call.SyntaxTree.GetLineSpan(call.Span, cancellation);
        return new InterceptedCall(
            method, location.GetInterceptsLocationAttributeSyntax(), Path.GetFileName(start.Path), start.StartLinePosition.Line + 1);
    }

    private static string? CalledName(ExpressionSyntax called)
    {
        return called switch
        {
            MemberAccessExpressionSyntax { Expression: not BaseExpressionSyntax } access => access.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => null,
        };
    }
}
