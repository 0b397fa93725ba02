using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Tests.Harness;

/// <summary>
/// A generator of the shape that LoraGen's has: classes marked [Tiny] get a companion, and calls of Forward on them are intercepted.
/// <paramref name="emit"/> writes a companion and <paramref name="hold"/> adds something to the model: with them a test builds in the fault it wants found.
/// </summary>
internal sealed class TinyGenerator(Func<TinyModel, string> emit, Func<GeneratorAttributeSyntaxContext, object?> hold) : IIncrementalGenerator
{
    public TinyGenerator()
        : this(TinyText.Companion, static _ => null)
    {
    }

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName("TinyAttribute", static (node, _) => node is ClassDeclarationSyntax, Declaration)
            .WithTrackingName(TinySteps.Declarations)
            .Select(static (declared, _) => Read(declared))
            .WithTrackingName(TinySteps.Models);
        context.RegisterSourceOutput(models, (output, model) => output.AddSource($"{model.Name}.g.cs", emit(model)));

        var wanted = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.TinyIntercept", out var on) && on == "true")
            .WithTrackingName(TinySteps.Wanted);
        var calls = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => TinyText.IsForward(node),
                static (call, stop) => call.SemanticModel.GetInterceptableLocation((InvocationExpressionSyntax)call.Node, stop))
            .Select(static (location, _) => location is null ? null : $"{location.Version}, \"{location.Data}\"")
            .WithTrackingName(TinySteps.Calls);
        context.RegisterSourceOutput(calls.Collect().Combine(wanted), static (output, pair) =>
        {
            if (pair.Right) output.AddSource("Interceptors.g.cs", TinyText.Interceptors(pair.Left));
        });
    }

    private (ClassDeclarationSyntax Node, TinyFacts Facts) Declaration(GeneratorAttributeSyntaxContext context, CancellationToken stop) =>
        ((ClassDeclarationSyntax)context.TargetNode, new TinyFacts(context.TargetSymbol.Name, hold(context)));

    private static TinyModel Read((ClassDeclarationSyntax Node, TinyFacts Facts) declared) =>
        new(declared.Facts.Name, declared.Node.Members.OfType<FieldDeclarationSyntax>().Count(), declared.Facts.Held);
}
