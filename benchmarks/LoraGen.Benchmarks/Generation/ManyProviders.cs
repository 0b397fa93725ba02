using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Benchmarks.Generation;

/// <summary>
/// The <see cref="AttributeFloor"/> with further providers, each for an attribute that the project doesn't have: the cost of each further method.
/// </summary>
/// <param name="count">The number of providers.</param>
internal sealed class ManyProviders(int count) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var names = Enumerable.Range(0, count).Select(number => Names(context, OneProvider.NameOf(number))).Aggregate((all, next) => all
            .Combine(next)
            .Select(static (both, _) => both.Left.AddRange(both.Right)));
        context.RegisterSourceOutput(names.SelectMany(static (all, _) => all), static (output, name) => output.AddSource(name, "// found"));
    }

    private static IncrementalValueProvider<ImmutableArray<string>> Names(
        IncrementalGeneratorInitializationContext context, string attribute)
    {
        return context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute, static (node, _) => node is ClassDeclarationSyntax or CompilationUnitSyntax, static (found, _) => found.TargetSymbol.Name).Collect();
    }
}
