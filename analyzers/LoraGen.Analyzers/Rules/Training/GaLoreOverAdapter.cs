using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class GaLoreOverAdapter() : TrainingRule(
    "LORA4016",
    "GaLore is created over an adapter's parameters",
    "GaLore saves memory for the whole weights of a model; the matrices of {0} are small already: pass {0}.Parameters() to "
    + "torch.optim.AdamW, or train the model without an adapter",
    DiagnosticSeverity.Warning)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var optimizer in script.Of(StepKind.OptimizeAdapter).Where(step => LoraTypes.IsOptimizer(step.Operation.Type, "GaLore")))
            report.At(optimizer.Source!.Syntax.GetLocation(), optimizer.Receiver!.Syntax);
    }
}
