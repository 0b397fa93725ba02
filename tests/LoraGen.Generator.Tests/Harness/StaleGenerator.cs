using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Tests.Harness;

/// <summary>A generator with the fault that edit scripts are there to find: its model compares by name alone and hides a change of the fields.</summary>
internal sealed class StaleGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName("TinyAttribute", static (_, _) => true, static (context, _) => Read((ClassDeclarationSyntax)context.TargetNode))
            .WithComparer(EqualityComparer<TinyModel>.Create(static (left, right) => left?.Name == right?.Name, static model => model.Name.Length))
            .WithTrackingName(TinySteps.Models);
        context.RegisterSourceOutput(models, static (output, model) => output.AddSource($"{model.Name}.g.cs", TinyText.Companion(model)));
    }

    private static TinyModel Read(ClassDeclarationSyntax node) =>
        new(node.Identifier.ValueText, node.Members.OfType<FieldDeclarationSyntax>().Count(), Held: null);
}
