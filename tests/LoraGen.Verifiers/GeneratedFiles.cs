using System.Collections.Immutable;
using LoraGen.Generator;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Verifiers;

/// <summary>What the generator writes for a project.</summary>
internal static class GeneratedFiles
{
    /// <summary>The texts of the files that the generator writes for a project of these files.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<SourceFile> files)
    {
        var project = LoraProject.Compile(files);
        return [.. AddTo(project, out _).SyntaxTrees.Except(project.SyntaxTrees).Select(tree => tree.ToString())];
    }

    /// <summary>A project with its generated files.</summary>
    public static Compilation AddTo(Compilation project, out ImmutableArray<Diagnostic> diagnostics)
    {
        CSharpGeneratorDriver
            .Create([new LoraGenerator().AsSourceGenerator()], parseOptions: LoraProject.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(project, out var complete, out diagnostics);
        return complete;
    }
}
