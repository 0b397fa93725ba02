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
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. AllRules.OfDeclarations.Select(rule => rule.Descriptor)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (LoraTypes.AreIn(start.Compilation))
                start.RegisterSyntaxNodeAction(CheckAttribute, SyntaxKind.Attribute);
        });
    }

    private static void CheckAttribute(SyntaxNodeAnalysisContext context)
    {
        if (AdapterDeclaration.Read((AttributeSyntax)context.Node, context.SemanticModel, context.Options, context.CancellationToken) is not { } declaration)
            return;

        foreach (var rule in AllRules.OfDeclarations)
            rule.Check(declaration, new Report(rule, context.ReportDiagnostic));
    }
}
