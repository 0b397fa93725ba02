using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>
/// Where <c>RegisterComponents()</c> first runs in a constructor, which is the only time that it has an effect: in a statement of its own block, or in the base
/// class's constructor.
/// </summary>
internal sealed class RegistrationPoint
{
    private readonly INamedTypeSymbol? _base;
    private readonly IReadOnlyList<IOperation> _later;
    private readonly Lazy<HashSet<IOperation>> _after;

    private RegistrationPoint(Location place, INamedTypeSymbol? registering, IEnumerable<IOperation> later)
    {
        Place = place;
        _base = registering;
        _later = [.. later];
        After = [.. Operations(_later)];
        _after = new(() => new HashSet<IOperation>(After));
    }

    /// <summary>The call, or the constructor whose base class calls it.</summary>
    public Location Place { get; }

    public bool IsOfBase => _base is not null;

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

        var blocks = constructor.Blocks.OfType<IBlockOperation>().Where(block => block.Syntax.Parent is ConstructorDeclarationSyntax).ToArray();
        if (Called(constructor) is { } called && RegisteringBase(called, module.Sources) is { } registering)
            return new RegistrationPoint(constructor.Owner.Locations[0], registering, blocks.SelectMany(block => block.Operations));

        var call = constructor.OwnCalls("RegisterComponents").FirstOrDefault();
        return call is { Parent: IExpressionStatementOperation { Parent: IBlockOperation block } statement } && blocks.Contains(block)
            ? new RegistrationPoint(call.Syntax.GetLocation(), null, block.Operations.SkipWhile(each => each != statement).Skip(1))
            : null;
    }

    /// <summary>Whether the operation is among those that run after it.</summary>
    public bool IsBefore(IOperation operation) => _after.Value.Contains(operation);

    /// <summary>What the author can do.</summary>
    /// <param name="otherwise">What to do if the base class calls it.</param>
    public string Advice(string otherwise) =>
        _base is null ? "call it at the end of the constructor" : $"the constructor of {_base.Name} calls it, so {otherwise}";

    /// <summary>A fix that moves the call after the statement that contains the operation; null if the call might then be skipped, or isn't here.</summary>
    public FixHint? MoveBehind(IOperation operation)
    {
        var behind = _later.FirstOrDefault(statement => statement.Syntax.Span.Contains(operation.Syntax.Span));
        return IsOfBase || behind is null || Returns(_later.TakeWhile(statement => statement != behind).Append(behind))
            ? null
            : FixHint.MoveStatement("Call RegisterComponents() after it", behind.Syntax.GetLocation());
    }

    // The constructor of the base class that runs first.
    private static IMethodSymbol? Called(ModuleBody constructor)
    {
        var calls = constructor.Operations.OfType<IInvocationOperation>();
        return calls.FirstOrDefault(call => call.TargetMethod.MethodKind == MethodKind.Constructor)?.TargetMethod
            ?? constructor.Owner.ContainingType.BaseType?.InstanceConstructors.FirstOrDefault(each => each.Parameters.IsEmpty);
    }

    // The class whose constructor is certain to call it: the called constructor's, or one of its bases.
    private static INamedTypeSymbol? RegisteringBase(IMethodSymbol constructor, AssignedValues sources)
    {
        if (TorchTypes.IsModuleBase(constructor.ContainingType) || constructor.ContainingType.GetMembers("RegisterComponents").Any())
            return null;
        if (constructor.DeclaringSyntaxReferences.Select(reference => sources.OperationAt(reference.GetSyntax())).FirstOrDefault()
            is not IConstructorBodyOperation body)
        {
            return null;
        }

        if ((body.BlockBody ?? body.ExpressionBody)?.Operations.Any(IsCall) == true)
            return constructor.ContainingType;

        var next = (body.Initializer as IExpressionStatementOperation)?.Operation is IInvocationOperation initializer
            ? initializer.TargetMethod
            : constructor.ContainingType.BaseType?.InstanceConstructors.FirstOrDefault(each => each.Parameters.IsEmpty);
        return next is null ? null : RegisteringBase(next, sources);
    }

    private static bool IsCall(IOperation statement)
    {
        return statement is IExpressionStatementOperation
        {
            Operation: IInvocationOperation { Instance: IInstanceReferenceOperation, TargetMethod.Name: "RegisterComponents" },
        };
    }

    private static bool Returns(IEnumerable<IOperation> statements) => Operations(statements).Any(each => each is IReturnOperation);

    private static IEnumerable<IOperation> Operations(IEnumerable<IOperation> statements)
    {
        return statements.SelectMany(statement => statement.DescendantsAndSelf()).Where(operation => !operation.IsDeferred());
    }
}
