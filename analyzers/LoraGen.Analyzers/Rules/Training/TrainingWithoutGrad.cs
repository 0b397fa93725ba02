using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TrainingWithoutGrad() : TrainingRule(
    "LORA4006",
    "The loss comes from a call without gradients",
    "{0} is called under {1}(), so nothing in the loss requires a gradient and backward() fails; call it outside of {1}()",
    DiagnosticSeverity.Warning,
    FixKind.RemoveStatement)
{
    public override void Check(TrainingScript script, Report report)
    {
        if (script.Of(StepKind.Unfreeze).Any())
            return;

        var reported = new HashSet<SyntaxNode>();
        foreach (var backward in script.Of(StepKind.Backward))
        {
            var origins = Origins.Of(backward.Receiver, script);
            var calls = origins.Calls.Where(call => !ModelCalls.IsOfLoss(call)).Select(call => (Call: call, Scope: GradScope.At(call.Operation))).ToArray();
            if (origins.HasMore || origins.OwnCalls.Count > 0 || calls.Any(call => call.Scope?.IsOff != true))
                continue;

            var (called, scope) = calls.FirstOrDefault(call => script.IsOfAdaptedModel(call.Call));
            if (called is null || !reported.Add(scope!.Switch.Syntax))
                continue;

            var name = scope.Switch.TargetMethod.Name;
            report.At(
                scope.Switch.Syntax.GetLocation(),
                scope.IsAlone ? FixHint.RemoveStatement($"Remove {name}()") : null,
                called.Receiver!.Syntax,
                name);
        }
    }
}
