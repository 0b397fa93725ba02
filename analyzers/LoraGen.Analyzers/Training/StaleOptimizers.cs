using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Optimizers that are created too early.</summary>
internal static class StaleOptimizers
{
    /// <summary>Whether the optimizer that was created before <paramref name="change"/> is used after it.</summary>
    public static bool Outlives(TrainingScript script, Step optimizer, Step change)
    {
        if (optimizer.Result is null || !optimizer.Precedes(change))
            return false;

        var uses = script.Uses(optimizer.Result).Where(use => use.Position > optimizer.Position && !IsDispose(use)).ToArray();
        var replaced = uses.FirstOrDefault(use => use.IsAssigned)?.Position ?? int.MaxValue;
        return uses.Length == 0
            ? !script.Steps.Any(step => step.Kind is StepKind.OptimizeModel or StepKind.OptimizeAdapter && step.Position > change.Position)
            : uses.Any(use => use.Position < replaced && change.Precedes(use.Operation));
    }

    /// <summary>A fix that moves the creation of the optimizer after the change; null if something depends on its position.</summary>
    public static FixHint? Move(TrainingScript script, Step optimizer, Step change, string label)
    {
        var (from, behind) = (optimizer.Statement, change.Statement);
        return from.Parent is IBlockOperation && from.Parent == behind.Parent && behind is not IUsingOperation
            && !script.Uses(optimizer.Result).Any(use => use.Position > from.Syntax.Span.End && use.Position < behind.Syntax.Span.End)
            ? FixHint.MoveStatement(label, behind.Syntax.GetLocation())
            : null;
    }

    private static bool IsDispose(Use use)
    {
        return use.Operation.Parent is IInvocationOperation { TargetMethod.Name: "Dispose" }
            or IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod.Name: "Dispose" } };
    }
}
