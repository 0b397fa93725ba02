using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>How often an operation runs in each run of its constructor.</summary>
internal sealed class LoopCounts(KnownNumbers numbers)
{
    /// <summary>Null if it depends on anything but loops with known bounds.</summary>
    public long? Of(IOperation operation)
    {
        var count = 1L;
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
        {
            switch (outer)
            {
                case IForLoopOperation loop when loop.Body == inner:
                    if (Runs(loop) is not { } runs || count > int.MaxValue)
                        return null;
                    count *= runs;
                    break;
                case ILoopOperation or IConditionalOperation or ISwitchOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ITryOperation:
                    return null;
                case IConstructorBodyOperation:
                    return count;
                case IMethodBodyOperation:
                    return null;
            }
        }

        return count;
    }

    // for (var i = a; i < b; i++), without break, return or goto.
    private long? Runs(IForLoopOperation loop)
    {
        if (loop.Before.Length != 1
            || loop.Before[0] is not IVariableDeclarationGroupOperation { Declarations: { Length: 1 } declarations }
            || declarations[0].Declarators.Length != 1
            || loop.Condition is not IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } condition
            || loop.AtLoopBottom.Length != 1
            || loop.AtLoopBottom[0] is not IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment } step })
        {
            return null;
        }

        var counter = declarations[0].Declarators[0];
        if (!IsCounter(condition.LeftOperand) || !IsCounter(step.Target) || LeavesOrChanges(loop, counter.Symbol))
            return null;
        if (numbers.Of(counter.GetVariableInitializer()?.Value) is not { } first || numbers.Of(condition.RightOperand) is not { } end)
            return null;

        return Math.Max(0, end - first + (condition.OperatorKind == BinaryOperatorKind.LessThanOrEqual ? 1 : 0));

        bool IsCounter(IOperation operation)
        {
            return AssignedValues.Bare(operation) is ILocalReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Local, counter.Symbol);
        }
    }

    private static bool LeavesOrChanges(IForLoopOperation loop, ILocalSymbol counter)
    {
        return loop.Body.DescendantsAndSelf().OfType<IBranchOperation>().Any()
            || loop.Body.DescendantsAndSelf().OfType<IReturnOperation>().Any()
            || Locals.Uses(counter, loop.Body).Any(Locals.IsWritten);
    }
}
