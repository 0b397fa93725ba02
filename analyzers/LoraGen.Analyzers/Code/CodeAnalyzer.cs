using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers;

/// <summary>Runs the rules about single calls and loops, whatever class they are in.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CodeAnalyzer : DiagnosticAnalyzer
{
    // What the rules say of TorchSharp was seen in this version. It isn't known of later ones.
    private static readonly Version Known = new(0, 107);

    private readonly IReadOnlyList<CodeRule> _rules;

    public CodeAnalyzer()
        : this(AllRules.OfCode)
    {
    }

    internal CodeAnalyzer(IReadOnlyList<CodeRule> rules)
    {
        _rules = rules;
        SupportedDiagnostics = [.. rules.Select(rule => rule.Descriptor)];
    }

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (LoraTypes.AreIn(start.Compilation) && start.Compilation.ReferencedAssemblyNames.Any(IsKnown))
            {
                start.RegisterSyntaxNodeAction(
                    Check,
                    SyntaxKind.InvocationExpression,
                    SyntaxKind.ForStatement,
                    SyntaxKind.ForEachStatement,
                    SyntaxKind.ForEachVariableStatement,
                    SyntaxKind.WhileStatement,
                    SyntaxKind.DoStatement);
            }
        });
    }

    private static bool IsKnown(AssemblyIdentity assembly)
    {
        return assembly.Name == "TorchSharp" && new Version(assembly.Version.Major, assembly.Version.Minor) <= Known;
    }

    private void Check(SyntaxNodeAnalysisContext context)
    {
        var rules = _rules.Where(rule => rule.MayConcern(context.Node)).ToArray();
        if (rules.Length > 0 && context.SemanticModel.GetOperation(context.Node, context.CancellationToken) is { } operation)
            RuleRunner.Run(rules, rule => rule.Check(operation, new Report(rule, context.ReportDiagnostic)));
    }
}
