using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>The statement of a constructor's own block that first calls <c>RegisterComponents()</c>.</summary>
internal sealed class RegistrationPoint
{
    private readonly IReadOnlyList<IOperation> _later;
    private readonly Lazy<HashSet<IOperation>> _after;

    private RegistrationPoint(IInvocationOperation call, IBlockOperation block, IOperation statement)
    {
        Call = call;
        _later = [.. block.Operations.SkipWhile(each => each != statement).Skip(1)];
        After = [.. Operations(_later)];
        _after = new(() => new HashSet<IOperation>(After));
    }

    public IInvocationOperation Call { get; }

    /// <summary>The operations that run after it, except those in lambdas.</summary>
    public IReadOnlyList<IOperation> After { get; }

    /// <summary>
    /// Null if there is no such statement, if it may not run, if another constructor runs first, or if the class has its own <c>RegisterComponents</c>.
    /// </summary>
    public static RegistrationPoint? Of(ModuleBody constructor, ModuleClass module)
    {
        if (module.Type.GetMembers("RegisterComponents").Any()
            || constructor.Blocks.Any(block => block.Syntax.IsKind(SyntaxKind.ThisConstructorInitializer)))
        {
            return null;
        }

        var call = constructor.OwnCalls("RegisterComponents").FirstOrDefault();
        return call is { Parent: IExpressionStatementOperation { Parent: IBlockOperation block } statement }
            && block.Syntax.Parent is ConstructorDeclarationSyntax
            ? new RegistrationPoint(call, block, statement)
            : null;
    }

    /// <summary>Whether the operation is among those that run after it.</summary>
    public bool IsBefore(IOperation operation) => _after.Value.Contains(operation);

    /// <summary>A fix that moves the call after the statement that contains the operation; null if the call might then be skipped.</summary>
    public FixHint? MoveBehind(IOperation operation)
    {
        var behind = _later.FirstOrDefault(statement => statement.Syntax.Span.Contains(operation.Syntax.Span));
        return behind is null || Operations(_later.TakeWhile(statement => statement != behind).Append(behind)).Any(each => each is IReturnOperation)
            ? null
            : FixHint.MoveStatement("Call RegisterComponents() after it", behind.Syntax.GetLocation());
    }

    private static IEnumerable<IOperation> Operations(IEnumerable<IOperation> statements)
    {
        return statements.SelectMany(statement => statement.DescendantsAndSelf()).Where(operation => !operation.IsDeferred());
    }
}
