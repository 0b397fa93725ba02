extern alias Generator;

using LoraGen.Analyzers;
using LoraGen.Benchmarks.Measuring;
using Generator::LoraGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Benchmarks.Generation;

/// <summary>What all rules add to the compile of a project of 500 files, 20 of them models.</summary>
internal static class RuleBenchmark
{
    private const int Models = 20;

    public static IEnumerable<Comparison> All => [new("rules-compile", $"compile 500 files, {Models} models", Models, Compiles)];

    private static IReadOnlyList<Variant> Compiles()
    {
        var project = Generated(Project.Create(Models));
        DiagnosticAnalyzer[] rules = [new DeclarationAnalyzer(), new ModuleAnalyzer(), new TrainingAnalyzer(), new CodeAnalyzer()];
        return
        [
            On("with an analyzer that does nothing", fresh => Analyze(fresh, new IdleAnalyzer())),
            On("with all rules", fresh => Analyze(fresh, rules)),
            On("without analyzers", Compile),
        ];

        Variant On(string name, Action<Compilation> compile)
        {
            Compilation? fresh = null;
            return new(name, () => compile(fresh!), Before: () => fresh = Fresh(project));
        }
    }

    private static Compilation Generated(CSharpCompilation project)
    {
        Project.Driver(project, new LoraGenerator()).RunGeneratorsAndUpdateCompilation(project, out var complete, out _);
        return complete;
    }

    // Parsed again: nothing that an earlier round found out is still known.
    private static Compilation Fresh(Compilation project)
    {
        return project.RemoveAllSyntaxTrees().AddSyntaxTrees(project.SyntaxTrees.Select(tree => tree.WithRootAndOptions(
            CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options).GetRoot(), tree.Options)));
    }

    private static void Compile(Compilation project)
    {
        project.GetDiagnostics();
        Emit(project);
    }

    private static void Analyze(Compilation project, params DiagnosticAnalyzer[] analyzers)
    {
        var analysis = project.WithAnalyzers([.. analyzers]);
        analysis.GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        Emit(analysis.Compilation);
    }

    private static void Emit(Compilation project)
    {
        var result = project.Emit(Stream.Null);
        if (!result.Success)
        {
            var error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"The benchmark's project does not compile: {error}");
        }
    }
}
