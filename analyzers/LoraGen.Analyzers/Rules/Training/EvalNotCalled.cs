using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class EvalNotCalled() : TrainingRule(
    "LORA4008",
    "The model is evaluated in training mode",
    "{0} is called under {1}() in training mode, so the adapter's dropout of {2} still acts on this output; call {0}.eval() before",
    DiagnosticSeverity.Info,
    FixKind.InsertStatement)
{
    public override void Check(TrainingScript script, Report report)
    {
        var dropout = script.Steps
            .Select(step => step.Kind == StepKind.Attach ? ((IInvocationOperation)step.Operation).TargetMethod.ReturnType : step.Receiver?.Type)
            .Where(LoraTypes.IsAdapter)
            .Select(TrainedMethods.DropoutOf)
            .DefaultIfEmpty(0)
            .Min();
        if (dropout <= 0 || script.Of(StepKind.UseAdapter).Any(step => step.Member is "IsActive" or "ActivateOnly"))
            return;

        var losses = new HashSet<Step>(script.Of(StepKind.Backward).SelectMany(backward => Origins.Of(backward.Receiver, script).Calls));
        foreach (var call in script.Of(StepKind.Call).Where(call => call.Subject is not null && !losses.Contains(call) && script.IsOfAdaptedModel(call)))
        {
            if (GradScope.At(call.Operation) is not { IsOff: true } scope)
                continue;

            var isSet = script.Of(StepKind.Train, call.Subject).Any(train => script.Reaches(train, call, call.Subject, StepKind.Eval));
            if (!isSet && !IsStillAsTrained(script, call))
                continue;

            // If no train() follows, an eval() in the training loop would stay in effect.
            var name = call.Receiver!.Syntax.ToString();
            var loops = Flow.Around(call.Operation).OfType<ILoopOperation>();
            var isForGood = !isSet && loops.Any(loop => script.Of(StepKind.OptimizerStep).Any(step => Flow.Contains(loop, step.Operation)));
            report.At(
                call.Place,
                isForGood ? null : FixHint.InsertStatement($"{name}.eval();"),
                name,
                scope.Switch.TargetMethod.Name,
                dropout.ToString("0.####", CultureInfo.InvariantCulture));
        }
    }

    // Trained in this body, without a mode being set: a module starts in training mode.
    private static bool IsStillAsTrained(TrainingScript script, Step call)
    {
        var modes = script.Of(StepKind.Train).Concat(script.Of(StepKind.Eval));
        return !modes.Any(step => step.Subject is null || TrainingScript.IsSame(step.Subject, call.Subject))
            && script.Uses(call.Subject).All(use => use.StaysHere)
            && script.Of(StepKind.OptimizerStep).Any(step => step.Position < call.Position && ComesBy(step.Operation, call.Operation));
    }

    // Whether there are only blocks and loops between the step and the operation that contains both.
    private static bool ComesBy(IOperation step, IOperation call)
    {
        var common = Flow.Around(step).FirstOrDefault(outer => Flow.Contains(outer, call));
        return common is IBlockOperation
            && Flow.RunsWithin(call, common)
            && Flow.Around(step)
                .TakeWhile(outer => outer != common)
                .All(outer => outer is IBlockOperation or ILoopOperation or IUsingOperation or IExpressionStatementOperation);
    }
}
