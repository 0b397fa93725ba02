using System.Collections.Immutable;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LoraGen.Analyzers.Tests;

/// <summary>An analyzer's diagnostics that a suppressor leaves, in a project that compiles with the generated files.</summary>
internal sealed class SuppressorTest : CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier>
{
    private readonly DiagnosticAnalyzer[] _analyzers;
    private int _reported;

    private SuppressorTest(string code, params DiagnosticAnalyzer[] analyzers)
    {
        _analyzers = analyzers;
        ReferenceAssemblies = LoraProject.Framework;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
        LoraProject.Fill(TestState, SourceFiles.Split(code));
        SolutionTransforms.Add((solution, _) => LoraWorkspace.WithOptions(solution, LoraProject.CompilationOptions));
    }

    /// <summary>The analyzer reports something, and what <c>[|…|]</c> doesn't mark is suppressed.</summary>
    public static async Task Check(DiagnosticAnalyzer analyzer, DiagnosticSuppressor suppressor, string code)
    {
        var test = new SuppressorTest(code, analyzer, suppressor);
        await test.RunAsync();
        Assert.NotEqual(0, test._reported);
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => _analyzers;

    protected override Task<Workspace> CreateWorkspaceImplAsync() => Task.FromResult(LoraWorkspace.Create());

    protected override Task<(Compilation, ImmutableArray<Diagnostic>)> GetProjectCompilationAsync(
        Project project, IVerifier verifier, CancellationToken cancellationToken) => LoraWorkspace.Generate(project, cancellationToken);

    protected override ImmutableArray<(Project project, Diagnostic diagnostic)> FilterDiagnostics(
        ImmutableArray<(Project project, Diagnostic diagnostic)> diagnostics)
    {
        _reported += diagnostics.Length;
        return diagnostics.RemoveAll(each => each.diagnostic.IsSuppressed);
    }
}
