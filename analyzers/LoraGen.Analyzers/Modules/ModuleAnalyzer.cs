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
    private readonly IReadOnlyList<ModuleRule> _rules;

    public ModuleAnalyzer()
        : this(AllRules.OfModules)
    {
    }

    internal ModuleAnalyzer(IReadOnlyList<ModuleRule> rules)
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
            if (!LoraTypes.AreIn(start.Compilation))
                return;

            var adapted = new AdaptedClasses(start.Compilation);
            start.RegisterSymbolStartAction(symbolStart => Begin(symbolStart, adapted), SymbolKind.NamedType);
        });
    }

    private void Begin(SymbolStartAnalysisContext context, AdaptedClasses adapted)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class || !TorchTypes.IsModule(type))
            return;

        var bodies = new ConcurrentBag<ModuleBody>();
        context.RegisterOperationBlockAction(block =>
        {
            // The blocks of nested classes are reported here too.
            if (SymbolEqualityComparer.Default.Equals(block.OwningSymbol.ContainingType, type))
                bodies.Add(new ModuleBody(block.OwningSymbol, block.OperationBlocks));
        });
        context.RegisterSymbolEndAction(end =>
        {
            var module = new ModuleClass(type, bodies, adapted, end.Compilation);
            RuleRunner.Run(_rules, rule => rule.Check(module, new Report(rule, end.ReportDiagnostic)));
        });
    }
}
