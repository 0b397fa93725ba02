using System.Text;
using LoraGen.Generator;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Verifiers;

/// <summary>What the generator writes for a project, to the letter.</summary>
internal sealed class GeneratorTest : CSharpSourceGeneratorTest<LoraGenerator, DefaultVerifier>
{
    private static readonly string Version = typeof(LoraGenerator).Assembly.GetName().Version!.ToString();

    // What Roslyn gives to generated texts; the package compares it too.
    private static readonly SourceHashAlgorithm Checksum =
        LoraWorkspace.IsLaterRoslyn ? SourceHashAlgorithm.Sha256 : SourceHashAlgorithm.Sha1;

    private readonly string _interceptorsNamespaces;

    private GeneratorTest(IReadOnlyList<SourceFile> sources, string interceptorsNamespaces)
    {
        _interceptorsNamespaces = interceptorsNamespaces;
        ReferenceAssemblies = LoraProject.Framework;
        CompilerDiagnostics = CompilerDiagnostics.Warnings;
        DisabledDiagnostics.Add("CS1591"); // a test's code needs no documentation
        LoraProject.FillBare(TestState, sources);
    }

    /// <summary>The generator writes these files and no others, and the project compiles with them without a warning.</summary>
    /// <param name="code">Files begun by <c>// file: Name.cs</c>, or one without; usings are there.</param>
    /// <param name="files">Hint names and texts, in which <c>{version}</c> is the generator's.</param>
    public static Task Check(string code, params IEnumerable<(string Name, string Text)> files) =>
        Check([new("Usings.cs", LoraProject.Usings), .. SourceFiles.Split(code)], "LoraGen.Generated", files);

    /// <summary>The same for files with usings of their own.</summary>
    /// <param name="interceptorsNamespaces">Where the project lets calls be intercepted; empty if nowhere.</param>
    public static Task Check(IReadOnlyList<SourceFile> sources, string interceptorsNamespaces, IEnumerable<(string Name, string Text)> files)
    {
        var test = new GeneratorTest(sources, interceptorsNamespaces);
        foreach (var (name, text) in files)
            test.TestState.GeneratedSources.Add((typeof(LoraGenerator), name, Expected(text)));
        return test.RunAsync();
    }

    protected override Task<Workspace> CreateWorkspaceImplAsync() => Task.FromResult(LoraWorkspace.Create());

    protected override ParseOptions CreateParseOptions() =>
        LoraProject.ParseOptions.WithFeatures([new("InterceptorsNamespaces", _interceptorsNamespaces)]);

    protected override CompilationOptions CreateCompilationOptions() => LoraProject.CompilationOptions;

    private static SourceText Expected(string text)
    {
        var file = new SourceFile("", text.Replace("{version}", Version, StringComparison.Ordinal));
        return SourceText.From(file.Text, Encoding.UTF8, Checksum);
    }
}
