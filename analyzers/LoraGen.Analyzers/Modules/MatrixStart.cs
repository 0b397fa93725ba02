using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>The initial value of a matrix of a hand-written LoRA, read from the class's constructors and helper methods.</summary>
/// <param name="Zeros">The call that fills it with zeros.</param>
internal sealed record MatrixStart(IOperation Zeros)
{
    private static readonly HashSet<string> Flags = ["requires_grad_", "detach_", "retain_grad"];

    /// <summary>Null unless it is certain to be all zeros.</summary>
    public static MatrixStart? Of(IFieldSymbol matrix, ModuleClass module)
    {
        var writes = module.WritesOf(matrix).Take(2).ToArray();
        if (writes.Length != 1)
            return null;

        var uses = module.UsesOf(matrix)
            .Where(use => use.Body.Owner.Name != "forward" && (writes[0].Operation as IAssignmentOperation)?.Target != use.Operation)
            .Select(use => use.Operation)
            .OfType<IMemberReferenceOperation>()
            .Select(Fill)
            .ToArray();
        if (uses.Any(use => use is { IsZero: false }) || module.Bodies.Any(FillsAll))
            return null;

        var zeros = uses.Select(use => use?.Call).FirstOrDefault(call => call is not null) ?? ZerosOf(writes[0].Value);
        return zeros is null ? null : new MatrixStart(zeros);
    }

    // Parameter(zeros(r, n)), new Parameter(zeros(r, n)), zeros(r, n): the call of zeros, whatever wraps it.
    private static IOperation? ZerosOf(IOperation value)
    {
        var made = value.Unconverted();
        if (made is IInvocationOperation { TargetMethod: { Name: "zeros" or "zeros_like", ContainingType.Name: "torch" } })
            return made;
        var first = made switch
        {
            IObjectCreationOperation { Type: { } type } creation when NewModule.IsParameter(type) => creation.Arguments.FirstOrDefault(IsFirst),
            IInvocationOperation { TargetMethod: { Name: "Parameter", IsStatic: true } } call => call.Arguments.FirstOrDefault(IsFirst),
            _ => null,
        };
        return first is null ? null : ZerosOf(first.Value);
    }

    // A loop over all parameters may fill them.
    private static bool FillsAll(ModuleBody body)
    {
        return body.OwnCalls("parameters").Any() || body.OwnCalls("named_parameters").Any() || body.OwnCalls("apply").Any();
    }

    // What a reference outside of forward does to the matrix; null if it doesn't change the values.
    private static (IOperation? Call, bool IsZero)? Fill(IMemberReferenceOperation mention)
    {
        IOperation used = mention;
        while (used.Parent is IConversionOperation
            or IPropertyReferenceOperation { Property.Name: "weight" or "data" }
            or IInvocationOperation { TargetMethod.Name: "data" or "detach" })
        {
            used = used.Parent;
        }

        switch (used.Parent)
        {
            case IInvocationOperation call when call.Instance == used:
                var name = call.TargetMethod.Name;
                if (!name.EndsWith("_", StringComparison.Ordinal) || Flags.Contains(name))
                    return name is "copy" or "set" ? (call, false) : null;
                return (call, name == "zero_" || (name == "fill_" && IsZero(call.Arguments)));
            case IArgumentOperation { Parent: IInvocationOperation call }:
                if (call.TargetMethod.Name is "register_parameter" or "register_module" or "add_module" or "register_buffer")
                    return null;
                return (call, call.TargetMethod.Name == "zeros_" || (call.TargetMethod.Name == "constant_" && IsZero(call.Arguments)));
            case IPropertyReferenceOperation { Property.IsIndexer: true }:
                return (used.Parent, false);
            case IAssignmentOperation assignment when assignment.Target == used && used != mention:
                return (assignment, false);
            case IArgumentOperation:
                return (used.Parent, false);
            default:
                return null;
        }
    }

    private static bool IsZero(IEnumerable<IArgumentOperation> arguments)
    {
        return arguments.Any(argument => argument.Value.Unconverted().ConstantValue is { HasValue: true, Value: 0 or 0L or 0.0 or 0f });
    }

    private static bool IsFirst(IArgumentOperation argument) => argument.Parameter?.Ordinal == 0;
}
