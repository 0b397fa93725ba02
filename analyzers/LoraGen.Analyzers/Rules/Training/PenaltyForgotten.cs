using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class PenaltyForgotten() : TrainingRule(
    "LORA4018",
    "AdaLoRA's penalty is missing from the loss",
    "The loss lacks {0}.Penalty(), without which the factors of AdaLoRA don't stay orthogonal and the wrong ranks are taken away; add it to the loss",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var attach in script.Of(StepKind.Attach).Where(attach => attach.Result is not null))
        {
            // Other code that gets the adapter may add the penalty.
            if (!HasPenalty(attach) || !script.Of(StepKind.OptimizeAdapter, attach.Result).Any() || !script.Uses(attach.Result).All(use => use.StaysHere)
                || script.Of(StepKind.UseAdapter, attach.Result).Any(step => step.Member == "Penalty"))
            {
                continue;
            }

            if (script.Of(StepKind.Backward).FirstOrDefault(backward => attach.Precedes(backward)) is { Receiver: { } loss })
            {
                var name = attach.Result!.Name;
                report.At(loss.Syntax.GetLocation(), FixHint.Replace($"({loss.Syntax} + {name}.Penalty()!)"), name);
            }
        }
    }

    private static bool HasPenalty(Step attach)
    {
        var methods = TrainedMethods.Of(((IInvocationOperation)attach.Operation).TargetMethod.ReturnType).ToArray();
        return methods.Length > 0 && methods.All(method => method is AdaLoraMethod { OrthogonalWeight: > 0 });
    }
}
