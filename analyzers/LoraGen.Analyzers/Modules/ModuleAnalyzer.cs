using System.Collections.Concurrent;
using System.Collections.Immutable;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers;

/// <summary>Runs the rules about module classes on each class that derives from <c>torch.nn.Module</c>, with all its parts and bodies.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModuleAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. AllRules.OfModules.Select(rule => rule.Descriptor)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (!LoraTypes.AreIn(start.Compilation))
                return;

            var adapted = new AdaptedClasses(start.Compilation);
            start.RegisterSymbolStartAction(symbolStart => Begin(symbolStart, adapted), SymbolKind.NamedType);
        });
    }

    private static void Begin(SymbolStartAnalysisContext context, AdaptedClasses adapted)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class || !TorchTypes.IsModule(type))
            return;

        var bodies = new ConcurrentBag<ModuleBody>();
        context.RegisterOperationBlockAction(block =>
        {
            // Those of nested classes come as well.
            if (SymbolEqualityComparer.Default.Equals(block.OwningSymbol.ContainingType, type))
                bodies.Add(new ModuleBody(block.OwningSymbol, block.OperationBlocks));
        });
        context.RegisterSymbolEndAction(end =>
        {
            var module = new ModuleClass(type, bodies, adapted, end.Compilation);
            foreach (var rule in AllRules.OfModules)
                rule.Check(module, new Report(rule, end.ReportDiagnostic));
        });
    }
}
