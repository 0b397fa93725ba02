using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class BaseUnfrozen() : TrainingRule(
    "LORA4005",
    "The whole base model is unfrozen again",
    "This unfreezes every parameter of {0}, which {1}() has frozen: the whole base model trains, "
    + "or fills memory with its gradients; remove it",
    DiagnosticSeverity.Warning,
    FixKind.RemoveStatement)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var loop in script.Of(StepKind.Unfreeze).Select(LoopOver).OfType<IForEachLoopOperation>())
        {
            var of = new Step(StepKind.Unfreeze, ModelOf(loop), loop);
            var attach = script.Of(StepKind.Attach, of.Subject).FirstOrDefault(each => each.Precedes(of) && IsAttachedAt(script, each, of));
            if (attach is not null)
                report.At(loop.Collection.Syntax.GetLocation(), FixHint.RemoveStatement("Leave the base model frozen"), of.Subject!.Name, attach.Member);
        }
    }

    private static bool IsAttachedAt(TrainingScript script, Step attach, Step later)
    {
        return attach.Result is null
            ? !script.IsReplacedBetween(attach.Subject, attach, later)
            : script.Reaches(attach, later, attach.Result, StepKind.Detach, StepKind.Dispose, StepKind.MergeAndUnload);
    }

    // A loop that does nothing else, and for all parameters: one that selects some is intended.
    private static IForEachLoopOperation? LoopOver(Step unfreeze)
    {
        var loop = Flow.Around(unfreeze.Operation).OfType<IForEachLoopOperation>().FirstOrDefault();
        return loop?.Body is { } body && (body is not IBlockOperation block || block.Operations.Length == 1) && unfreeze.Statement is var statement
            && (statement == loop || statement.Parent == body)
            && !Flow.Around(unfreeze.Operation).TakeWhile(outer => outer != loop).Any(outer => outer is IConditionalOperation or ILoopOperation)
                ? loop
                : null;
    }

    private static ISymbol? ModelOf(IForEachLoopOperation loop)
    {
        var collection = loop.Collection is IConversionOperation conversion ? conversion.Operand : loop.Collection;
        return collection is IInvocationOperation { TargetMethod.Name: "parameters" or "named_parameters", Instance: { } module }
            ? StepReader.SymbolOf(module)
            : null;
    }
}
