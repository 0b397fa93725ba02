using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers;

/// <summary>Runs the rules about adapter attributes on each of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    private readonly IReadOnlyList<DeclarationRule> _rules;

    public DeclarationAnalyzer()
        : this(AllRules.OfDeclarations)
    {
    }

    internal DeclarationAnalyzer(IReadOnlyList<DeclarationRule> rules)
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
                start.RegisterSyntaxNodeAction(CheckAttribute, SyntaxKind.Attribute);
        });
    }

    private void CheckAttribute(SyntaxNodeAnalysisContext context)
    {
        if (AdapterDeclaration.Read((AttributeSyntax)context.Node, context.SemanticModel, context.Options, context.CancellationToken) is not { } declaration)
            return;

        RuleRunner.Run(_rules, rule => rule.Check(declaration, new Report(rule, context.ReportDiagnostic)));
    }
}
