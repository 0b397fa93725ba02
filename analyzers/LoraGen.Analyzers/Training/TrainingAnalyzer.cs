using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers;

/// <summary>Runs the rules about training code on each body that uses an adapter.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainingAnalyzer : DiagnosticAnalyzer
{
    // The members through which adapters are used. A body without any of these names isn't bound a second time.
    private static readonly ImmutableHashSet<string> Words =
    [
        "Merge", "Unmerge", "MergeAndUnload", "MergeAndRequantize", "Detach", "ActivateOnly", "IsActive", "Delta", "Parameters", "ParameterGroups", "Optimizer",
        "BaseModel", "Sites",
    ];

    private readonly IReadOnlyList<TrainingRule> _rules;

    public TrainingAnalyzer()
        : this(AllRules.OfTraining)
    {
    }

    internal TrainingAnalyzer(IReadOnlyList<TrainingRule> rules)
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
            if (LoraTypes.AreIn(start.Compilation))
                start.RegisterCodeBlockAction(Check);
        });
    }

    private void Check(CodeBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol || !context.CodeBlock.DescendantTokens().Any(MayUseAdapter))
            return;
        if (context.SemanticModel.GetOperation(context.CodeBlock, context.CancellationToken) is not { } body)
            return;

        var script = TrainingScript.Read(body);
        if (!script.UsesAdapter)
            return;

        RuleRunner.Run(_rules, rule => rule.Check(script, new Report(rule, context.ReportDiagnostic)));
    }

    private static bool MayUseAdapter(SyntaxToken token)
    {
        return token.IsKind(SyntaxKind.IdentifierToken) && (token.ValueText.StartsWith("Attach", StringComparison.Ordinal) || Words.Contains(token.ValueText));
    }
}
