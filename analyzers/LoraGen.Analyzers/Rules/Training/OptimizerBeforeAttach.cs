using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class OptimizerBeforeAttach() : TrainingRule(
    "LORA4002",
    "An optimizer is created before the adapter is attached",
    "{0} holds the parameters of {1}, which {2}() freezes, and none of the adapter's; create {3} after attaching, over the adapter's Parameters()",
    DiagnosticSeverity.Warning,
    FixKind.MoveStatement)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var optimizer in script.Of(StepKind.OptimizeModel))
        {
            var attach = script.Of(StepKind.Attach, optimizer.Subject).FirstOrDefault(each =>
                StaleOptimizers.Outlives(script, optimizer, each) && !script.IsReplacedBetween(optimizer.Subject, optimizer, each));
            if (attach is null)
                continue;

            // After attaching, BAdam's constructor throws.
            var isForModels = LoraTypes.IsOptimizer(optimizer.Operation.Type, "BAdam");
            var move = isForModels ? null : StaleOptimizers.Move(script, optimizer, attach, $"Make {optimizer.Result!.Name} after attaching");
            report.At(
                optimizer.Place, move, optimizer.Result!.Name, attach.Subject!.Name, attach.Member, isForModels ? "torch.optim.AdamW" : "it");
        }
    }
}
