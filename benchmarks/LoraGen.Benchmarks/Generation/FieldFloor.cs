using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Benchmarks.Generation;

/// <summary>The least that a generator can do whose output depends on what a class's fields are: Roslyn finds every field's type again at each edit.</summary>
internal sealed class FieldFloor : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var layers = context.SyntaxProvider.ForAttributeWithMetadataName(
            "LoraGen.LoraAttribute",
            static (node, _) => node is ClassDeclarationSyntax,
            static (found, _) => (found.TargetSymbol.Name, Layers: CountLayers((INamedTypeSymbol)found.TargetSymbol)));
        context.RegisterSourceOutput(layers, static (output, found) => output.AddSource(found.Name, $"// {found.Layers} layers"));
    }

    private static int CountLayers(INamedTypeSymbol model) => model.GetMembers().OfType<IFieldSymbol>().Count(field => field.Type.Name == "Linear");
}
