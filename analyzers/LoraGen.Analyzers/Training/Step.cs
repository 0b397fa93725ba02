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

    public Location Place => Operation.Syntax.GetLocation();

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

    /// <summary>Whether <paramref name="later"/> comes after it wherever it is reached: it stands behind it, in the same block or one within.</summary>
    public bool Precedes(Step later)
    {
        if (later.Operation.Syntax.SpanStart <= Operation.Syntax.SpanStart)
            return false;

        var block = Statement.Parent;
        for (var outer = later.Operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer == block)
                return true;
        }

        return false;
    }
}
