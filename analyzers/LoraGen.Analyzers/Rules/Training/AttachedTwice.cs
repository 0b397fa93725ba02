using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class AttachedTwice() : TrainingRule(
    "LORA4013",
    "An adapter is attached twice under one name",
    "{0} already has an adapter named \"{1}\", so this {2}() throws; detach that one before, or give this one another name",
    DiagnosticSeverity.Error)
{
    private static readonly StepKind[] Ends = [StepKind.Detach, StepKind.Dispose, StepKind.MergeAndUnload];

    public override void Check(TrainingScript script, Report report)
    {
        foreach (var second in script.Of(StepKind.Attach))
        {
            var name = NameOf(second);
            if (name is not null && script.Of(StepKind.Attach, second.Subject).Any(first => NameOf(first) == name && IsStillAttached(script, first, second)))
                report.At(second.Place, second.Subject!.Name, name, second.Member);
        }
    }

    private static bool IsStillAttached(TrainingScript script, Step first, Step second)
    {
        // The model must be the same, and the first adapter must not have been detached or disposed; without a variable for it, any such call counts.
        return script.Reaches(first, second, first.Result ?? first.Subject)
            && !script.IsReplacedBetween(second.Subject, first, second)
            && !script.Steps.Any(step => Ends.Contains(step.Kind) && step.Position < second.Position && step.Position > first.Position)
            && (first.Result is not null || first.Operation.Parent is IExpressionStatementOperation);
    }

    private static string? NameOf(Step attach)
    {
        var name = ((IInvocationOperation)attach.Operation).Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "name");
        return name?.Value.ConstantValue.Value as string;
    }
}
