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
    private const int WarmUp = 3;
    private const int Rounds = 21;

    public static IEnumerable<Row> Run()
    {
        var project = Generated(Project.Create(Models));
        DiagnosticAnalyzer[] rules = [new DeclarationAnalyzer(), new ModuleAnalyzer(), new TrainingAnalyzer()];
        var times = Stopwatches.Interleave(
            WarmUp, Rounds, () => Compile(Fresh(project)), () => Analyze(Fresh(project), new IdleAnalyzer()), () => Analyze(Fresh(project), rules));
        yield return Row.Compare($"compile 500 files, {Models} models, with an analyzer that does nothing", times[0], times[1]);
        yield return Row.Compare("with all rules", times[0], times[2]);
        yield return Row.Compare("with all rules, beside the one that does nothing", times[1], times[2], 1.10);
    }

    private static Compilation Generated(CSharpCompilation project)
    {
        Project.Driver(new LoraGenerator()).RunGeneratorsAndUpdateCompilation(project, out var complete, out _);
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
