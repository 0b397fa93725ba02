using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>The statement of a constructor's own block that first calls <c>RegisterComponents()</c>.</summary>
internal sealed class RegistrationPoint
{
    private readonly IBlockOperation _block;
    private readonly IOperation _statement;

    private RegistrationPoint(IInvocationOperation call, IBlockOperation block, IOperation statement)
    {
        Call = call;
        _block = block;
        _statement = statement;
    }

    public IInvocationOperation Call { get; }

    /// <summary>What runs after it, lambdas left out.</summary>
    public IEnumerable<IOperation> After => Operations(Later);

    private IEnumerable<IOperation> Later => _block.Operations.SkipWhile(statement => statement != _statement).Skip(1);

    /// <summary>
    /// Null where there is none, where it is not sure to run, where another constructor has run before, and where the class registers in a way of its own.
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

    /// <summary>Moves the call behind the statement of the block in which the operation stands; null where that may leave it out.</summary>
    public FixHint? MoveBehind(IOperation operation)
    {
        var behind = Later.FirstOrDefault(statement => statement.Syntax.Span.Contains(operation.Syntax.Span));
        return behind is null || Operations(Later.TakeWhile(statement => statement != behind).Append(behind)).Any(each => each is IReturnOperation)
            ? null
            : FixHint.MoveStatement("Call RegisterComponents() after it", behind.Syntax.GetLocation());
    }

    private static IEnumerable<IOperation> Operations(IEnumerable<IOperation> statements)
    {
        return statements.SelectMany(statement => statement.DescendantsAndSelf()).Where(operation => !operation.IsDeferred());
    }
}
