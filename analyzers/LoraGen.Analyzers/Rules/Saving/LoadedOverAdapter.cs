using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class LoadedOverAdapter() : TrainingRule(
    "LORA5006",
    "The model is loaded while an adapter has changed its weights",
    "{0} is loaded while {1}; {2}",
    DiagnosticSeverity.Warning,
    FixKind.InsertStatement)
{
    private static readonly StepKind[] Ends = [StepKind.MergeAndUnload, StepKind.Detach, StepKind.Dispose];

    // With these the loaded values may be the adapter's own.
    private static readonly StepKind[] Training = [StepKind.Backward, StepKind.OptimizerStep, StepKind.SaveModel];

    public override void Check(TrainingScript script, Report report)
    {
        foreach (var load in script.Of(StepKind.LoadModel))
        {
            if (script.Of(StepKind.Merge).FirstOrDefault(merge => script.IsMergedAt(merge, load) && script.IsOfModel(load, merge)) is { } merge)
                AtMerged(merge, load, script, report);
            else if (TrainedAt(load, script) is (var attach, { } part))
                AtTrained(attach, part, load, report);
        }
    }

    private static void AtMerged(Step merge, Step load, TrainingScript script, Report report)
    {
        // If it is unmerged afterwards, a second Unmerge() would throw.
        var name = merge.Receiver!.Syntax.ToString();
        var isUnmerged = script.Of(StepKind.Unmerge, merge.Subject).Any(unmerge => unmerge.Position > load.Position);
        report.At(
            load.Place,
            isUnmerged ? null : FixHint.InsertStatement($"{name}.Unmerge();"),
            load.Receiver!.Syntax,
            $"{name} is merged",
            $"{name}.Unmerge() and Detach() would put the former weights back, and throw instead: call {name}.Unmerge() before loading");
    }

    private static void AtTrained(Step attach, string part, Step load, Report report)
    {
        var name = attach.Result!.Name;
        report.At(
            load.Place,
            load.Receiver!.Syntax,
            $"{name} trains {part}",
            $"what is loaded into {part} becomes part of {name}, and Detach() throws if the rest of the model has changed: load before attaching, or set "
            + $"{name}.IsActive to false before loading and to true after it");
    }

    private static (Step Attach, string? Part)? TrainedAt(Step load, TrainingScript script)
    {
        if (script.Steps.Any(step => step.Member is "IsActive" or "ActivateOnly" || (Training.Contains(step.Kind) && step.Position < load.Position)))
            return null;

        foreach (var attach in script.Of(StepKind.Attach, load.Subject).Where(attach => script.Reaches(attach, load, attach.Result, Ends)))
        {
            var operation = attach.Operation;
            if (TrainedParts.Of(operation.Type, operation.SemanticModel!.Compilation, default) is { } part)
                return (attach, part);
        }

        return null;
    }
}
