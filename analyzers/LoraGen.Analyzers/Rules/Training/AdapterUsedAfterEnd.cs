using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterUsedAfterEnd() : TrainingRule(
    "LORA4010",
    "An adapter is used after it was detached or disposed",
    "{0}.{1} comes after {0}.{2}(), {3}; use it before, or attach a new adapter",
    DiagnosticSeverity.Error)
{
    // The members that throw on a detached adapter; on a disposed one, also those that read its parameters.
    private static readonly HashSet<string> NeedAttached = ["Merge", "Unmerge", "MergeAndUnload", "MergeAndRequantize", "ActivateOnly"];
    private static readonly HashSet<string> NeedParameters = [.. NeedAttached, "Parameters", "ParameterCount", "To"];
    private static readonly HashSet<string> NeedParametersOfSite = ["A", "B", "Parameters", "Delta"];

    public override void Check(TrainingScript script, Report report)
    {
        var optimizers = script.Of(StepKind.OptimizeAdapter).ToArray();
        foreach (var use in script.Steps.Where(step => step.Kind >= StepKind.Merge || step.Kind == StepKind.Move))
        {
            // LORA4004 reports an optimizer over them.
            if (!LoraTypes.IsAdapter(use.Receiver?.Type) || optimizers.Any(optimizer => Flow.Contains(optimizer.Operation, use.Operation)))
                continue;

            var end = script.Steps.FirstOrDefault(step =>
                step.Kind is StepKind.Dispose or StepKind.MergeAndUnload or StepKind.Detach
                && TrainingScript.IsSame(step.Subject, use.Subject)
                && Needs(use, step.Kind == StepKind.Detach)
                && script.Reaches(step, use, use.Subject));
            if (end is null || script.Of(StepKind.UseAdapter, use.Subject).Any(step => step.Member == "IsAttached"))
                continue;

            var freed = end.Kind == StepKind.Detach ? "after which it acts on no model" : "which freed its parameters";
            report.At(use.Place, use.Receiver!.Syntax, Named(use), end.Member, freed);
        }
    }

    private static bool Needs(Step use, bool isDetached)
    {
        return isDetached
            ? NeedAttached.Contains(use.Member)
            : NeedParameters.Contains(use.Member) || NeedParametersOfSite.Contains(Last(use.Operation));
    }

    // In lora.Blocks[0].QProj.A, the A.
    private static string Last(IOperation property)
    {
        var last = string.Empty;
        for (var (inner, outer) = (property, property.Parent); ; (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case IPropertyReferenceOperation next when next.Instance == inner:
                    last = next.Property.Name;
                    break;
                case IInvocationOperation call when call.Instance == inner:
                    return call.TargetMethod.Name;
                default:
                    return last;
            }
        }
    }

    private static string Named(Step use)
    {
        return use.Operation switch
        {
            IInvocationOperation => $"{use.Member}()",
            IPropertyReferenceOperation { Property.IsIndexer: true } => "this[…]",
            _ => use.Member,
        };
    }
}
