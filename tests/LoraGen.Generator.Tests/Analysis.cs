using LoraGen.Analyzers;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Generator.Tests;

/// <summary>The analyzers over a generator's outcome: what the user of that project would read.</summary>
internal static class Analysis
{
    private const string AnalyzerThrew = "AD0001";

    /// <summary>A model that works is not complained of. Advice is allowed; a warning that a source means to cause it switches off by a pragma.</summary>
    public static void EnsureSilent(GeneratorOutcome outcome)
    {
        var found = Run(outcome).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToArray();
        if (found.Length > 0)
            throw new HarnessException($"False alarms:\n{string.Join('\n', found.Select(Describe))}");
    }

    /// <summary>Whatever was typed, no rule throws.</summary>
    public static void EnsureNoneThrows(GeneratorOutcome outcome)
    {
        if (Run(outcome).FirstOrDefault(diagnostic => diagnostic.Id == AnalyzerThrew) is { } thrown)
            throw new HarnessException(Describe(thrown));
    }

    private static IReadOnlyList<Diagnostic> Run(GeneratorOutcome outcome)
    {
        DiagnosticAnalyzer[] analyzers = [new DeclarationAnalyzer(), new ModuleAnalyzer(), new TrainingAnalyzer(), new CodeAnalyzer()];
        return outcome.Output.WithAnalyzers([.. analyzers]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
    }

    private static string Describe(Diagnostic diagnostic)
    {
        return $"{diagnostic}\n  {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}";
    }
}
