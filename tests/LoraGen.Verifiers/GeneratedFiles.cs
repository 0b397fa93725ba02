using LoraGen.Generator;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Verifiers;

/// <summary>What the generator writes for a project.</summary>
internal static class GeneratedFiles
{
    public static IReadOnlyList<string> Of(IEnumerable<SourceFile> files)
    {
        var driver = CSharpGeneratorDriver
            .Create([new LoraGenerator().AsSourceGenerator()], parseOptions: LoraProject.ParseOptions)
            .RunGenerators(LoraProject.Compile(files));
        return [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText.ToString())];
    }
}
