using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Testing;

/// <summary>
/// The names of the steps that Roslyn tracks on its own account. They differ from version to version, so they are taken from a generator that asks for
/// everything and names nothing.
/// </summary>
internal static class FrameworkSteps
{
    public static ImmutableHashSet<string> Names { get; } = Track();

    private static ImmutableHashSet<string> Track()
    {
        var tree = CSharpSyntaxTree.ParseText(
            "global using Everywhere = MarkAttribute; using Alias = MarkAttribute; [Alias] class Marked; class MarkAttribute : System.Attribute;");
        var tracking = new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        var driver = CSharpGeneratorDriver
            .Create([new Unnamed().AsSourceGenerator()], driverOptions: tracking)
            .RunGenerators(CSharpCompilation.Create("Probe", [tree], TestReferences.Framework));
        return [.. driver.GetRunResult().Results.Single().TrackedSteps.Keys];
    }

    private sealed class Unnamed : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            Use(context, context.SyntaxProvider.ForAttributeWithMetadataName("MarkAttribute", static (_, _) => true, static (_, _) => 0).Collect());
            Use(context, context.SyntaxProvider.CreateSyntaxProvider(static (_, _) => true, static (_, _) => 0).Collect());
            Use(context, context.CompilationProvider);
            Use(context, context.ParseOptionsProvider);
            Use(context, context.AnalyzerConfigOptionsProvider);
            Use(context, context.AdditionalTextsProvider.Collect());
            Use(context, context.MetadataReferencesProvider.Collect());
        }

        private static void Use<T>(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<T> provider)
        {
            context.RegisterSourceOutput(provider, static (_, _) => { });
            context.RegisterImplementationSourceOutput(provider, static (_, _) => { });
        }
    }
}
