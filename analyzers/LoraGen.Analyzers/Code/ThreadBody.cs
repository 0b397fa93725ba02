using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A lambda that runs on another thread.</summary>
/// <param name="Lambda">Its body.</param>
/// <param name="Starter">The method, lambda or local function that starts it.</param>
/// <param name="IsRepeated">Whether several threads may run it at the same time.</param>
/// <param name="From">The position in the starter from which it runs.</param>
/// <param name="Until">The position of the first statement that waits.</param>
internal sealed record ThreadBody(IAnonymousFunctionOperation Lambda, IOperation Starter, bool IsRepeated, int From, int Until)
{
    private static readonly HashSet<string> Waits = new(
        ["Wait", "WaitAll", "WaitAny", "WaitOne", "WhenAll", "WhenAny", "Join", "GetResult", "GetAwaiter", "SignalAndWait"], StringComparer.Ordinal);

    /// <summary>The lambda that a call or creation starts or runs on other threads; null for any other operation.</summary>
    public static ThreadBody? Of(IOperation operation)
    {
        var lambda = operation switch
        {
            IInvocationOperation call when StartsThread(call.TargetMethod) => LambdaIn(call.Arguments),
            IObjectCreationOperation { Type: { Name: "Thread" } type } creation when IsThreading(type) => LambdaIn(creation.Arguments),
            _ => null,
        };
        if (lambda is null)
            return null;
        var function = Function(operation);
        if (operation is IInvocationOperation { TargetMethod.ContainingType.Name: "Parallel" })
            return new ThreadBody(lambda, function, true, operation.Syntax.SpanStart, operation.Syntax.Span.End);

        var from = operation is IObjectCreationOperation ? Started(operation, function) : operation.Syntax.SpanStart;
        if (from is not { } start || IsAwaited(operation))
            return null;

        var until = Positions(function, IsWait).Where(position => position > operation.Syntax.Span.End).DefaultIfEmpty(int.MaxValue).Min();
        return new ThreadBody(lambda, function, IsInLoop(operation, function, until), start, until);
    }

    /// <summary>Whether both run at the same time.</summary>
    public bool Overlaps(ThreadBody other) => Starter == other.Starter && From < other.Until && other.From < Until;

    /// <summary>Whether an operation of the starter itself runs while it does.</summary>
    public bool IsDuring(IOperation operation)
    {
        var position = operation.Syntax.SpanStart;
        return Function(operation) == Starter && position > Math.Max(From, Lambda.Syntax.Span.End) && position < Until;
    }

    private static bool StartsThread(IMethodSymbol method)
    {
        return IsThreading(method.ContainingType) && (method.ContainingType.Name, method.Name)
            is ("Parallel", "For" or "ForEach" or "ForEachAsync") or ("Task", "Run") or ("TaskFactory", "StartNew")
            or ("ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem");
    }

    private static bool IsThreading(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() is "System.Threading" or "System.Threading.Tasks";

    private static IAnonymousFunctionOperation? LambdaIn(IEnumerable<IArgumentOperation> arguments)
    {
        return arguments.Select(argument => argument.Value.Unconverted())
            .Select(value => value as IAnonymousFunctionOperation ?? (value as IDelegateCreationOperation)?.Target as IAnonymousFunctionOperation)
            .LastOrDefault(lambda => lambda is not null);
    }

    private static IOperation Function(IOperation operation) => Flow.Function(operation) ?? Locals.Root(operation);

    // A thread runs from its Start() on.
    private static int? Started(IOperation creation, IOperation function)
    {
        var starts = Positions(function, each =>
            each is IInvocationOperation { TargetMethod: { Name: "Start", ContainingType.Name: "Thread" } });
        return starts.Where(position => position >= creation.Syntax.SpanStart).Select(position => (int?)position).Min();
    }

    private static bool IsWait(IOperation operation)
    {
        return operation is IAwaitOperation
            or IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: "Task" } }
            || (operation is IInvocationOperation call && Waits.Contains(call.TargetMethod.Name));
    }

    private static bool IsAwaited(IOperation start)
    {
        return start.Ancestors().TakeWhile(outer => outer is not (IVariableInitializerOperation or IAssignmentOperation or IBlockOperation)).Any(IsWait);
    }

    // A lambda of LINQ's counts as a loop.
    private static bool IsInLoop(IOperation start, IOperation function, int until)
    {
        var taker = (function as IAnonymousFunctionOperation)?.Parent is IDelegateCreationOperation { Parent: IArgumentOperation argument } ? argument.Parent : null;
        return (taker is IInvocationOperation query && query.TargetMethod.ContainingType.Name == "Enumerable")
            || Flow.Around(start).TakeWhile(outer => outer != function).OfType<ILoopOperation>().Any(loop => until > loop.Syntax.Span.End);
    }

    private static IEnumerable<int> Positions(IOperation function, Func<IOperation, bool> isWanted)
    {
        return function.Descendants().Where(each => isWanted(each) && Function(each) == function).Select(each => each.Syntax.Span.End);
    }
}
