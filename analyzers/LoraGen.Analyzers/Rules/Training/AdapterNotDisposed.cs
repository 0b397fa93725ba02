using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterNotDisposed() : TrainingRule(
    "LORA4011",
    "An adapter is never disposed",
    "{0} is never disposed, so its parameters stay in memory until the garbage collector runs, and {1} stays adapted; declare it with using",
    DiagnosticSeverity.Info,
    FixKind.MakeUsing)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var attach in script.Of(StepKind.Attach))
        {
            if (Declaration(attach) is not { } declarator || IsHeld(declarator) || !StaysHere(script, declarator.Symbol))
                continue;

            var fix = IsAlone(declarator) ? FixHint.MakeUsing() : null;
            report.At(declarator.Symbol.Locations[0], fix, declarator.Symbol.Name, attach.Subject?.Name ?? "its model");
        }
    }

    private static IVariableDeclaratorOperation? Declaration(Step attach)
    {
        var initializer = Flow.Around(attach.Operation).FirstOrDefault(outer => outer is not IConversionOperation) as IVariableInitializerOperation;
        return initializer?.Parent is IVariableDeclaratorOperation declarator && LoraTypes.IsAdapter(declarator.Symbol.Type) ? declarator : null;
    }

    private static bool IsHeld(IVariableDeclaratorOperation declarator)
    {
        return Flow.Around(declarator).Any(outer =>
            outer is IUsingDeclarationOperation || (outer is IUsingOperation held && Flow.Contains(held.Resources, declarator)));
    }

    // No other code has a reference to it, and it isn't disposed here.
    private static bool StaysHere(TrainingScript script, ILocalSymbol local)
    {
        return script.Uses(local).All(use => use.StaysHere && !use.IsAssigned && Flow.Function(use.Operation) is null)
            && !script.Steps.Any(step => step.Kind is StepKind.Dispose or StepKind.MergeAndUnload && TrainingScript.IsSame(step.Subject, local));
    }

    private static bool IsAlone(IVariableDeclaratorOperation declarator)
    {
        return declarator.Parent is IVariableDeclarationOperation { Declarators.Length: 1, Parent.Parent: IBlockOperation };
    }
}
