using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class MergedByHand() : TrainingRule(
    "LORA5004",
    "An adapter is merged without Merge()",
    "B·A is added to {0} in the weight's own type and permanently; call the adapter's Merge(), which computes in float32, rounds once and can be undone",
    DiagnosticSeverity.Warning)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var operation in script.Body.Descendants())
        {
            var (weight, added) = operation switch
            {
                IInvocationOperation { TargetMethod.Name: "add_" or "copy_", Instance: { } instance } call
                    => (instance, call.Arguments.FirstOrDefault()?.Value),
                IAssignmentOperation { Target: IMemberReferenceOperation target } assignment => (target, assignment.Value),
                _ => default((IOperation?, IOperation?)),
            };
            if (weight is not null && added is not null && IsWeight(weight) && Contribution.IsIn(added, script))
                report.At(operation.Syntax.GetLocation(), weight.Syntax);
        }
    }

    private static bool IsWeight(IOperation expression)
    {
        return expression switch
        {
            IMemberReferenceOperation { Member: { Name: "weight" or "Weight" } member } => member is IFieldSymbol or IPropertySymbol,
            ILocalReferenceOperation or IParameterReferenceOperation => expression.Type is { Name: "Parameter", ContainingNamespace.Name: "Modules" },
            _ => false,
        };
    }
}
