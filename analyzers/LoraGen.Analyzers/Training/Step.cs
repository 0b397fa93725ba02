using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>One thing that a body does with a model, an adapter or an optimizer.</summary>
/// <param name="Subject">The variable, parameter, field or property that it is done to; null where it is none of these.</param>
/// <param name="Operation">The call or assignment.</param>
/// <param name="Result">The variable, field or property that gets what it returns.</param>
internal sealed record Step(StepKind Kind, ISymbol? Subject, IOperation Operation, ISymbol? Result = null)
{
    /// <summary>The argument that an optimizer's parameters come from; null for other steps.</summary>
    public IOperation? Source { get; init; }

    /// <summary>What it is done to, as an expression; null where that isn't one.</summary>
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

    /// <summary>The statement that it stands in.</summary>
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

    /// <summary>Whether it is a statement of its own in a block, which can be taken away or put elsewhere.</summary>
    public bool IsStatement => Statement is IExpressionStatementOperation { Parent: IBlockOperation } statement && statement.Operation == Operation;

    /// <summary>
    /// Whether <paramref name="later"/> comes after it wherever it is reached: it stands behind it, in the same block or one within, and not in a lambda
    /// or local function there.
    /// </summary>
    public bool Precedes(Step later) => Precedes(later.Operation);

    /// <inheritdoc cref="Precedes(Step)"/>
    public bool Precedes(IOperation later) => later.Syntax.SpanStart > Position && Flow.RunsWithin(later, Flow.Region(Operation));
}
