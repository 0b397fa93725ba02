using LoraGen.Analyzers;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Verifiers;

/// <summary>One rule, and the analyzer that runs it.</summary>
internal static class TestedRule<TRule>
    where TRule : Rule
{
    public static TRule Rule { get; } = AllRules.All.OfType<TRule>().Single();

    /// <summary>The rules beside it, which a test of this one doesn't ask.</summary>
    public static IReadOnlyList<string> Others { get; } = [.. AllRules.All.Where(rule => rule != Rule).Select(rule => rule.Id)];

    public static DiagnosticAnalyzer Analyzer()
    {
        DiagnosticAnalyzer[] analyzers = [new DeclarationAnalyzer(), new ModuleAnalyzer(), new TrainingAnalyzer()];
        return analyzers.Single(analyzer => analyzer.SupportedDiagnostics.Contains(Rule.Descriptor));
    }
}
