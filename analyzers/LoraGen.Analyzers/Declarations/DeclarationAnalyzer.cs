using System.Collections.Immutable;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers;

/// <summary>Runs the rules about adapter attributes on each of them, and those about counting on them and on each module class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. ((IEnumerable<Rule>)[.. AllRules.OfDeclarations, .. AllRules.OfCounts]).Select(rule => rule.Descriptor)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (!LoraTypes.AreIn(start.Compilation))
                return;

            var uncounted = new UncountedModels(start.Compilation);
            start.RegisterSyntaxNodeAction(attribute => CheckAttribute(attribute, uncounted), SyntaxKind.Attribute);
            start.RegisterSyntaxNodeAction(type => CheckClass(type, uncounted), SyntaxKind.ClassDeclaration);
        });
    }

    private static void CheckAttribute(SyntaxNodeAnalysisContext context, UncountedModels uncounted)
    {
        if (AdapterDeclaration.Read((AttributeSyntax)context.Node, context.SemanticModel, context.Options, context.CancellationToken) is not { } declaration)
            return;

        foreach (var rule in AllRules.OfDeclarations)
            rule.Check(declaration, new Report(rule, context.ReportDiagnostic));
        if (declaration.IsOnAssembly)
            CheckCounts(context, uncounted);
    }

    private static void CheckClass(SyntaxNodeAnalysisContext context, UncountedModels uncounted)
    {
        if (context.ContainingSymbol is INamedTypeSymbol type && TorchTypes.IsModule(type))
            CheckCounts(context, uncounted);
    }

    private static void CheckCounts(SyntaxNodeAnalysisContext context, UncountedModels uncounted)
    {
        foreach (var rule in AllRules.OfCounts)
            rule.Check(uncounted, context.Node, new Report(rule, context.ReportDiagnostic));
    }
}
