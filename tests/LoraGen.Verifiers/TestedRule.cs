using System.Collections.Immutable;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Verifiers;

/// <summary>What a test of one rule needs: the analyzer that runs the rule, and options that leave the other rules out.</summary>
internal static class TestedRule
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
        [new DeclarationAnalyzer(), new ModuleAnalyzer(), new TrainingAnalyzer(), new CodeAnalyzer()];

    /// <summary>The analyzers that run some of the rules.</summary>
    public static IEnumerable<DiagnosticAnalyzer> AnalyzersOf(IReadOnlyCollection<Rule> rules) =>
        Analyzers.Where(analyzer => rules.Any(rule => analyzer.SupportedDiagnostics.Contains(rule.Descriptor)));

    /// <summary>These rules are on, the others off, and an analyzer that throws is an error.</summary>
    /// <param name="isConfigured">Whether an <c>.editorconfig</c> says how severe the rules are.</param>
    public static CSharpCompilationOptions Options(IReadOnlyCollection<Rule> rules, bool isConfigured)
    {
        var options = LoraProject.CompilationOptions;
        var severities = options.SpecificDiagnosticOptions
            .SetItem("AD0001", ReportDiagnostic.Error)
            .SetItems(AllRules.All.Except(rules).Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Suppress)));
        if (!isConfigured)
            severities = severities.SetItems(rules.Where(IsOff).Select(rule => KeyValuePair.Create(rule.Id, Severity(rule))));
        return options.WithSpecificDiagnosticOptions(severities);
    }

    private static bool IsOff(Rule rule) => !rule.Descriptor.IsEnabledByDefault;

    private static ReportDiagnostic Severity(Rule rule) => rule.Descriptor.DefaultSeverity switch
    {
        DiagnosticSeverity.Error => ReportDiagnostic.Error,
        DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
        DiagnosticSeverity.Info => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Hidden,
    };
}
