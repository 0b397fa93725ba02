using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class OptimizerBeforeMove() : TrainingRule(
    "LORA4003",
    "An optimizer is created before its parameters are moved",
    "{0} holds parameters of {1} that {1}.{2}(…) replaces and frees; create it after the move",
    DiagnosticSeverity.Warning,
    FixKind.MoveStatement)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var optimizer in script.Of(StepKind.OptimizeAdapter).Concat(Models(script)))
        {
            var move = script.Of(StepKind.Move, optimizer.Subject).FirstOrDefault(each =>
                Replaces(each)
                && StaleOptimizers.Outlives(script, optimizer, each)
                && !script.IsReplacedBetween(optimizer.Subject, optimizer, each));
            if (move is null)
                continue;

            var fix = StaleOptimizers.Move(script, optimizer, move, $"Make {optimizer.Result!.Name} after the move");
            report.At(optimizer.Place, fix, optimizer.Result.Name, optimizer.Subject!.Name, move.Member);
        }
    }

    // If an adapter is attached to the model, LORA4001 or LORA4002 reports an optimizer over it.
    private static IEnumerable<Step> Models(TrainingScript script)
    {
        return script.Of(StepKind.OptimizeModel).Where(optimizer => !script.Of(StepKind.Attach, optimizer.Subject).Any());
    }

    // A module that is already on the CPU stays as it is; an adapter is always copied.
    private static bool Replaces(Step move)
    {
        return LoraTypes.IsAdapter(move.Receiver?.Type) || move.Operation.Syntax.ToString().IndexOf("cpu", StringComparison.OrdinalIgnoreCase) < 0;
    }
}
