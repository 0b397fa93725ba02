using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class BAdamOverAdaptedModel() : TrainingRule(
    "LORA4017",
    "BAdam is created over a model with an adapter",
    "BAdam trains the parameters of {0}, which {1}() has frozen, and throws; pass the adapter's Parameters() to torch.optim.AdamW, or detach it before",
    DiagnosticSeverity.Error)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var made in script.Of(StepKind.OptimizeModel).Where(step => LoraTypes.IsOptimizer(step.Operation.Type, "BAdam")))
        {
            if (script.Of(StepKind.Attach, made.Subject).FirstOrDefault(attach => IsAttachedAt(script, attach, made)) is { } found)
                report.At(made.Source!.Syntax.GetLocation(), made.Subject!.Name, found.Member);
        }
    }

    // Other code that gets a reference to the adapter may detach it.
    private static bool IsAttachedAt(TrainingScript script, Step attach, Step made)
    {
        return attach.Result is not null
            && script.Reaches(attach, made, attach.Result, StepKind.Detach, StepKind.Dispose, StepKind.MergeAndUnload)
            && !script.IsReplacedBetween(made.Subject, attach, made);
    }
}
