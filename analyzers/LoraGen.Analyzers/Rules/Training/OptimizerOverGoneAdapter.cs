using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class OptimizerOverGoneAdapter() : TrainingRule(
    "LORA4004",
    "An optimizer is created over a detached or disposed adapter",
    "The parameters of {0} are passed to an optimizer after {0}.{1}(), {2}; create it before, or attach a new adapter",
    DiagnosticSeverity.Error)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var optimizer in script.Of(StepKind.OptimizeAdapter).Where(optimizer => !AsksIsAttached(script, optimizer)))
        {
            var end = script.Steps.FirstOrDefault(step =>
                step.Kind is StepKind.Dispose or StepKind.MergeAndUnload or StepKind.Detach
                && TrainingScript.IsSame(step.Subject, optimizer.Subject)
                && script.Reaches(step, optimizer, optimizer.Subject));
            if (end is null)
                continue;

            var why = end.Kind == StepKind.Detach ? "when they take part in no model's output" : "which freed them";
            report.At(optimizer.Source!.Syntax.GetLocation(), optimizer.Receiver!.Syntax, end.Member, why);
        }
    }

    private static bool AsksIsAttached(TrainingScript script, Step optimizer)
    {
        return script.Of(StepKind.UseAdapter, optimizer.Subject).Any(step => step.Member == "IsAttached");
    }
}
