using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Benchmarks.Generation;

/// <summary>The least that a generator with an attribute can do: it asks Roslyn for the annotated classes and takes their names.</summary>
internal sealed class AttributeFloor : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var names = context.SyntaxProvider.ForAttributeWithMetadataName(
            "LoraGen.LoraAttribute", static (node, _) => node is ClassDeclarationSyntax, static (found, _) => found.TargetSymbol.Name);
        context.RegisterSourceOutput(names, static (output, name) => output.AddSource(name, "// found"));
    }
}
