using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Local variables within the body that contains an operation.</summary>
internal static class Locals
{
    /// <summary>The value that the variable is declared with, if it is never assigned again.</summary>
    public static IOperation? OnlyValue(ILocalReferenceOperation local)
    {
        var body = Root(local);
        if (Uses(local.Local, body).Any(IsWritten))
            return null;

        var declarator = body.DescendantsAndSelf()
            .OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.Symbol, local.Local));
        return declarator?.GetVariableInitializer()?.Value;
    }

    public static IEnumerable<ILocalReferenceOperation> Uses(ILocalSymbol local, IOperation body)
    {
        return body.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Local, local));
    }

    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    public static bool IsWritten(ILocalReferenceOperation use)
    {
        return use.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == use,
            IIncrementOrDecrementOperation or ITupleOperation or IAddressOfOperation => true,
            IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
            _ => false,
        };
    }
}
