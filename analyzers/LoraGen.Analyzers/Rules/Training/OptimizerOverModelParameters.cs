using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class OptimizerOverModelParameters() : TrainingRule(
    "LORA4001",
    "An optimizer is created over the frozen base model",
    "The parameters of {0} are frozen since {1} was attached, so this optimizer trains nothing; {2}",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var attach in script.Of(StepKind.Attach).Where(attach => attach.Result is not null))
        {
            // Other code that gets a reference to the adapter may detach it, and one that gets the model may unfreeze it. LORA4017 reports BAdam, which throws.
            var made = script.Of(StepKind.OptimizeModel, attach.Subject)
                .Where(optimizer => !LoraTypes.IsOptimizer(optimizer.Operation.Type, "BAdam"))
                .Where(optimizer => script.Reaches(attach, optimizer, attach.Result, StepKind.Detach, StepKind.Dispose, StepKind.MergeAndUnload)
                    && script.Reaches(attach, optimizer, attach.Subject)
                    && !script.Of(StepKind.Unfreeze).Any(step => step.Position > attach.Position && step.Position < optimizer.Position));
            foreach (var optimizer in made)
            {
                var (parameters, name) = ($"{attach.Result!.Name}.Parameters()", attach.Result.Name);
                var isOwn = LoraTypes.HasOptimizer(((IInvocationOperation)attach.Operation).TargetMethod.ReturnType);
                report.At(
                    optimizer.Source!.Syntax.GetLocation(),
                    isOwn ? null : FixHint.Replace(parameters),
                    attach.Subject!.Name,
                    name,
                    isOwn ? $"create it by {name}.Optimizer(…)" : $"pass {parameters}");
            }
        }
    }
}
