using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Resolves the locals of one body that are assigned only where they are declared.</summary>
internal sealed class LocalValues
{
    private readonly Dictionary<ISymbol, IOperation> _values = new(SymbolEqualityComparer.Default);

    public LocalValues(ModuleBody body)
    {
        foreach (var declarator in body.Operations.OfType<IVariableDeclaratorOperation>())
        {
            if (declarator.Initializer is { Value: { } value })
                _values[declarator.Symbol] = value;
        }

        foreach (var assignment in body.Operations.OfType<IAssignmentOperation>())
        {
            if (assignment.Target is ILocalReferenceOperation { Local: var local })
                _values.Remove(local);
        }
    }

    /// <summary>The expression, or a local's value instead of the local.</summary>
    public IOperation Of(IOperation operation)
    {
        var value = operation.Unconverted();
        return value is ILocalReferenceOperation { Local: var local } && _values.TryGetValue(local, out var assigned) ? assigned.Unconverted() : value;
    }

    /// <summary>Whether an expression contains such an operation, directly or through locals.</summary>
    public bool Contains(IOperation operation, Func<IOperation, bool> isWanted, int depth = 8)
    {
        return operation.DescendantsAndSelf().Any(each => isWanted(each)
            || (depth > 0
                && each is ILocalReferenceOperation { Local: var local }
                && _values.TryGetValue(local, out var value)
                && Contains(value, isWanted, depth - 1)));
    }
}
