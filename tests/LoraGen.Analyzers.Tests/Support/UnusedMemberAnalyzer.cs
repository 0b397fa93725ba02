using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

// It runs in the tests alone.
#pragma warning disable RS1017, RS1036, RS1038, RS1041
namespace LoraGen.Analyzers.Tests;

/// <summary>Reports each private field and property as unused, with the id of one of the IDE's analyzers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnusedMemberAnalyzer(string id) : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _descriptor = new(id, "Unused", "{0} is unused", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Report, SymbolKind.Field, SymbolKind.Property);
    }

    private void Report(SymbolAnalysisContext context)
    {
        if (context.Symbol is { DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false } member)
            context.ReportDiagnostic(Diagnostic.Create(_descriptor, member.Locations[0], member.Name));
    }
}
