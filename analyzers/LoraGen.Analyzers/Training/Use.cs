using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>One reference to a variable, parameter, field or property in a body.</summary>
internal sealed record Use(ISymbol Symbol, IOperation Operation)
{
    /// <summary>Whether it gets another value: by an assignment, <c>ref</c> or <c>out</c>.</summary>
    public bool IsAssigned => Outer switch
    {
        IAssignmentOperation assignment => assignment.Target == Inner,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple => deconstruction.Target == tuple,
        _ => false,
    };

    /// <summary>Whether it is only accessed for one of its members or compared with null, and not passed on, stored or returned.</summary>
    public bool StaysHere => Outer switch
    {
        IInvocationOperation call => call.Instance == Inner,
        // As a method group it is called at any time.
        IMethodReferenceOperation => false,
        IMemberReferenceOperation member => member.Instance == Inner,
        IConditionalAccessOperation access => access.Operation == Inner,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true } method } call } argument
            => call.Instance is null && argument.Parameter?.Ordinal == 0 && !method.Locations.Any(place => place.IsInSource && !IsGenerated(method)),
        IIsPatternOperation or INameOfOperation or IInterpolationOperation => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        _ => IsAssigned,
    };

    public int Position => Operation.Syntax.SpanStart;

    // The operation itself, or the implicit conversions around it.
    private IOperation Inner
    {
        get
        {
            var inner = Operation;
            while (inner.Parent is IConversionOperation { IsImplicit: true } conversion)
                inner = conversion;
            return inner;
        }
    }

    private IOperation? Outer => Inner.Parent;

    // The methods that attach adapters are generated source, and do nothing else.
    private static bool IsGenerated(IMethodSymbol method)
    {
        return LoraTypes.IsAdapter(method.ReturnType) && method.Name.StartsWith("Attach", StringComparison.Ordinal);
    }
}
