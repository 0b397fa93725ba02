using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterDropped() : TrainingRule(
    "LORA4012",
    "The attached adapter is not stored",
    "The adapter that {0}() returns is not stored: it is attached, but can no longer be trained, saved or detached; store it in a variable",
    DiagnosticSeverity.Warning,
    FixKind.MakeUsing)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var attach in script.Of(StepKind.Attach).Where(attach => attach.Operation.Parent is IExpressionStatementOperation))
            report.At(attach.Place, attach.IsStatement ? FixHint.MakeUsing(FreeName(script, attach)) : null, attach.Member);
    }

    private static string FreeName(TrainingScript script, Step attach)
    {
        var taken = new HashSet<string>(script.Body.Syntax.DescendantTokens().Select(token => token.ValueText), StringComparer.Ordinal);
        if (attach.Operation.SemanticModel is { } semantics)
            taken.UnionWith(semantics.LookupSymbols(attach.Position).Where(symbol => symbol is not INamespaceOrTypeSymbol).Select(symbol => symbol.Name));

        return Enumerable.Range(1, int.MaxValue - 1).Select(number => number == 1 ? "lora" : $"lora{number}").First(name => !taken.Contains(name));
    }
}
