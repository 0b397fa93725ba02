using System.Collections.Immutable;
using LoraGen.Generator.Emitting;
using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator;

/// <summary>
/// Writes a typed adapter for each adapter attribute, and interceptors for the calls that would bypass it. It reports no diagnostics: the analyzers
/// do, so that they can be suppressed and configured.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LoraGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var cache = new ReadCache();
        var declarations = MethodFacts.All.Select(method => method.Attribute).Append(MethodReader.OwnAttribute)
            .Select(attribute => WithAttribute(context, attribute, cache))
            .Aggregate(Concatenate)
            .SelectMany(static (all, _) => all)
            .WithTrackingName(StepNames.Declarations);

        var models = declarations
            .Select(static (declaration, _) => LayerReader.Read(declaration))
            .WithTrackingName(StepNames.Models);

        var adapters = models
            .SelectMany(static (root, _) => AdapterGraph.Build(root))
            .WithTrackingName(StepNames.Adapters);

        var distinct = adapters
            .Collect()
            .SelectMany(static (all, _) => DistinctAdapters.Of(all))
            .WithTrackingName(StepNames.DistinctAdapters);

        context.RegisterSourceOutput(distinct, static (output, adapter) => output.AddSource(adapter.HintName, AdapterFile.Write(adapter)));

        // One provider: each one more takes its time in every run.
        var members = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => MemberAttributeReader.MayHaveAttribute(node),
                static (found, cancellation) => MemberAttributeReader.Read(found, cancellation).ToEquatableArray())
            .SelectMany(static (found, _) => found)
            .Collect()
            .Select(static (all, _) => InOrder(all).ToEquatableArray())
            .WithTrackingName(StepNames.Members);

        context.RegisterSourceOutput(members, static (output, found) =>
        {
            if (found.Count > 0)
                output.AddSource(MemberAttributesFile.HintName, MemberAttributesFile.Write(found));
        });

        var calls = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => CallReader.MayIntercept(node),
                (found, cancellation) => CallReader.Read(cache, found.SemanticModel, (CompilationUnitSyntax)found.Node, cancellation))
            .Where(static file => file.Calls.Count > 0)
            .WithTrackingName(StepNames.Calls);

        var interceptors = calls
            .Collect()
            .SelectMany(static (all, _) => DistinctFiles.Of(all))
            .WithTrackingName(StepNames.Interceptors);

        context.RegisterSourceOutput(interceptors, static (output, file) => output.AddSource(file.HintName, InterceptorsFile.Write(file)));
    }

    // One provider for classes and the assembly: each one more takes its time in every run.
    private static IncrementalValueProvider<ImmutableArray<Declaration>> WithAttribute(
        IncrementalGeneratorInitializationContext context, string attribute, ReadCache cache)
    {
        return InOrder(context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is ClassDeclarationSyntax or CompilationUnitSyntax,
            (found, cancellation) => (
                IsOfAssembly: found.TargetNode is CompilationUnitSyntax,
                File: found.TargetNode.SyntaxTree.FilePath,
                Roots: Read(cache, found, cancellation).ToEquatableArray())));
    }

    private static IEnumerable<Declaration> Read(ReadCache cache, GeneratorAttributeSyntaxContext found, CancellationToken cancellation)
    {
        return found.TargetNode is CompilationUnitSyntax
            ? RootReader.ReadAssembly(cache, found, cancellation)
            : RootReader.ReadClass(cache, found, cancellation);
    }

    // When files are reordered, a driver keeps their previous order and may provide a file twice; of two adapters that collide, the first is kept.
    private static IncrementalValueProvider<ImmutableArray<Declaration>> InOrder(
        IncrementalValuesProvider<(bool IsOfAssembly, string File, EquatableArray<Declaration> Roots)> found)
    {
        return found.Collect().Select(static (all, _) => all.Distinct()
            .OrderBy(each => each.IsOfAssembly)
            .ThenBy(each => each.File, StringComparer.Ordinal)
            .SelectMany(each => each.Roots)
            .ToImmutableArray());
    }

    private static IEnumerable<MemberAttributeFacts> InOrder(IEnumerable<MemberAttributeFacts> members)
    {
        return members
            .Distinct()
            .OrderBy(member => member.Class, StringComparer.Ordinal)
            .ThenBy(member => member.Component, StringComparer.Ordinal)
            .ThenBy(member => member.ToString(), StringComparer.Ordinal);
    }

    // Each is a single value: with nested values the driver's tracking would follow every path from the last to each first one.
    private static IncrementalValueProvider<ImmutableArray<T>> Concatenate<T>(
        IncrementalValueProvider<ImmutableArray<T>> first, IncrementalValueProvider<ImmutableArray<T>> second)
    {
        return first.Combine(second).Select(static (both, _) => both.Left.AddRange(both.Right));
    }
}
