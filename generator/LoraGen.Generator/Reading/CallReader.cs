using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>
/// Finds <c>.forward(</c> calls whose receiver may be a site, <c>.forward(</c> and <c>.call(</c> of adapted models and possible blocks, the
/// calls of layer factories, and backward passes.
/// </summary>
internal static class CallReader
{
    private const string InterceptorsFeature = "InterceptorsNamespaces";

    /// <summary>The namespace that the package's props open to interceptors.</summary>
    public const string InterceptorsNamespace = "LoraGen.Generated";

    /// <summary>Tells from its text whether a file may contain such calls; false in a project that does not open the namespace.</summary>
    public static bool MayIntercept(SyntaxNode node)
    {
        return node is CompilationUnitSyntax file
            && file.SyntaxTree.Options.Features.TryGetValue(InterceptorsFeature, out var namespaces)
            && namespaces.Split(';').Contains(InterceptorsNamespace)
            && Candidates(file).Any();
    }

    /// <summary>Reads a file's calls; from the cache if neither it nor any declaration has changed.</summary>
    public static InterceptedFile Read(ReadCache cache, SemanticModel semantics, CompilationUnitSyntax file, CancellationToken cancellation)
    {
        return cache.Get(typeof(InterceptedFile), file, semantics.Compilation, _ =>
        {
            var path = file.SyntaxTree.FilePath;
            var names = new NamedTypes(semantics.Compilation);
            var calls = Candidates(file).Select(call => Read(semantics, call, names, cancellation)).OfType<InterceptedCall>().ToEquatableArray();
            return new InterceptedFile(path, calls, HintNames.OfInterceptors(path), names.Needs);
        });
    }

    private static IEnumerable<InvocationExpressionSyntax> Candidates(CompilationUnitSyntax file) =>
        file.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => IsNamed(call.Expression));

    private static InterceptedCall? Read(SemanticModel semantics, InvocationExpressionSyntax call, NamedTypes names, CancellationToken cancellation)
    {
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol called
            || Method(called, () => Receiver(semantics, call, cancellation), names) is not { } method
            || semantics.GetInterceptableLocation(call, cancellation) is not { } location)
        {
            return null;
        }

        var start = call.SyntaxTree.GetLineSpan(call.Span, cancellation);
        return new InterceptedCall(method, location.GetInterceptsLocationAttributeSyntax(), start.StartLinePosition.Line + 1);
    }

    private static InterceptedMethod? Method(IMethodSymbol called, Func<ITypeSymbol?> receiver, NamedTypes names)
    {
        if (BackwardReader.Read(called, names) is { } backward)
            return backward;
        if (called.IsStatic)
            return LayerFactoryReader.Read(called);
        return ForwardMethodReader.IsNamed(called.Name) ? ForwardMethodReader.Read(called, receiver, names) : null;
    }

    // call is declared by TorchSharp: which class it is called on is told by the expression.
    private static ITypeSymbol? Receiver(SemanticModel semantics, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        var expression = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        return expression is null ? null : semantics.GetTypeInfo(expression, cancellation).Type;
    }

    private static bool IsNamed(ExpressionSyntax called)
    {
        return called switch
        {
            MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } => false,
            MemberAccessExpressionSyntax access =>
                access.Name.Identifier.ValueText is var name && (IsOfInstance(name) || LayerFactoryReader.IsNamed(name)),
            MemberBindingExpressionSyntax binding => IsOfInstance(binding.Name.Identifier.ValueText),
            IdentifierNameSyntax identifier =>
                identifier.Identifier.ValueText is var name && (LayerFactoryReader.IsNamed(name) || BackwardReader.IsNamed(name)),
            _ => false,
        };
    }

    private static bool IsOfInstance(string name) => ForwardMethodReader.IsNamed(name) || BackwardReader.IsNamed(name);
}
