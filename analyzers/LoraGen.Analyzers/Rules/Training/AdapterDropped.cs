using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterDropped() : TrainingRule(
    "LORA4012",
    "The attached adapter is dropped",
    "Nothing keeps the adapter that {0}() returns: it is attached, but can't be trained, saved or detached any more; keep it in a variable",
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
