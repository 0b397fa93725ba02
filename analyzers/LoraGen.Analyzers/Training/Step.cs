using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>One action of a body on a model, an adapter or an optimizer.</summary>
/// <param name="Subject">The variable, parameter, field or property that it acts on; null for any other expression.</param>
/// <param name="Operation">The call or assignment.</param>
/// <param name="Result">The variable, field or property that receives its result.</param>
internal sealed record Step(StepKind Kind, ISymbol? Subject, IOperation Operation, ISymbol? Result = null)
{
    /// <summary>The argument that provides an optimizer's parameters; null for other steps.</summary>
    public IOperation? Source { get; init; }

    /// <summary>The expression that it acts on; null if there is none.</summary>
    public IOperation? Receiver { get; init; }

    public Location Place => Operation.Syntax.GetLocation();

    public int Position => Operation.Syntax.SpanStart;

    /// <summary>The name of the method or property.</summary>
    public string Member => Operation switch
    {
        IInvocationOperation call => call.TargetMethod.Name,
        IPropertyReferenceOperation property => property.Property.Name,
        _ => string.Empty,
    };

    /// <summary>The statement that contains it.</summary>
    public IOperation Statement
    {
        get
        {
            var statement = Operation;
            while (statement.Parent is { } parent and not IBlockOperation and not ISwitchCaseOperation and not IMethodBodyBaseOperation)
                statement = parent;
            return statement;
        }
    }

    /// <summary>Whether it is a separate statement in a block, which can be removed or moved.</summary>
    public bool IsStatement => Statement is IExpressionStatementOperation { Parent: IBlockOperation } statement && statement.Operation == Operation;

    /// <summary>
    /// Whether <paramref name="later"/> always runs after it: it follows in the same block or in a nested one, and not in a lambda or local function.
    /// </summary>
    public bool Precedes(Step later) => Precedes(later.Operation);

    /// <inheritdoc cref="Precedes(Step)"/>
    public bool Precedes(IOperation later) => later.Syntax.SpanStart > Position && Flow.RunsWithin(later, Flow.Region(Operation));
}
