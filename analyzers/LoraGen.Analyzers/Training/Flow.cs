using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>What the nesting of operations says about their order of execution.</summary>
internal static class Flow
{
    /// <summary>The outermost operation around it in which it is certain to run before everything that follows.</summary>
    public static IOperation Region(IOperation operation)
    {
        var inner = operation;
        while (inner.Parent is { } outer)
        {
            switch (outer)
            {
                case IBlockOperation or ISwitchCaseOperation or IMethodBodyBaseOperation:
                case IUsingOperation held when held.Resources == inner:
                    return outer;
                case IConditionalOperation choice when choice.Condition != inner:
                case ILoopOperation loop when loop.Body == inner || (loop is IForLoopOperation counted && counted.AtLoopBottom.Contains(inner)):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both
                    when both.RightOperand == inner:
                case ICoalesceOperation coalesce when coalesce.WhenNull == inner:
                case ICoalesceAssignmentOperation assignment when assignment.Value == inner:
                case ISwitchExpressionArmOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return inner;
            }

            inner = outer;
        }

        return inner;
    }

    /// <summary>Whether it is within <paramref name="outer"/>, and not in a lambda or local function there, which runs at another time.</summary>
    public static bool RunsWithin(IOperation operation, IOperation outer)
    {
        for (var current = operation; current is not null; current = current.Parent)
        {
            if (current == outer)
                return true;
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
        }

        return false;
    }

    /// <summary>The innermost lambda or local function around it; null for the body itself.</summary>
    public static IOperation? Function(IOperation operation)
    {
        return Around(operation).FirstOrDefault(outer => outer is IAnonymousFunctionOperation or ILocalFunctionOperation);
    }

    /// <summary>
    /// The loops around the later operation that don't contain the first one: what follows the later operation in them runs before it in the next iteration.
    /// </summary>
    public static IEnumerable<IOperation> LoopsBetween(IOperation first, IOperation later)
    {
        return Around(later).Where(outer => outer is ILoopOperation && !Contains(outer, first));
    }

    public static bool Contains(IOperation outer, IOperation operation) => outer.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>The operations that contain it, innermost first.</summary>
    public static IEnumerable<IOperation> Around(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
            yield return outer;
    }
}
