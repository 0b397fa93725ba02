using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Small queries about operations.</summary>
internal static class OperationExtensions
{
    /// <summary>The operand without the conversions and parentheses around it.</summary>
    public static IOperation Unconverted(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    public static IEnumerable<IOperation> Ancestors(this IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
            yield return current;
    }

    /// <summary>Whether it is in a lambda or a local function.</summary>
    public static bool IsDeferred(this IOperation operation)
    {
        return operation.Ancestors().Any(ancestor => ancestor is IAnonymousFunctionOperation or ILocalFunctionOperation);
    }

    /// <summary>Whether it, or anything within it, reads or writes that field or the property that it stores.</summary>
    public static bool Mentions(this IOperation operation, IFieldSymbol field)
    {
        return operation.DescendantsAndSelf().OfType<IMemberReferenceOperation>().Any(reference => reference.IsOf(field));
    }

    public static bool IsOf(this IMemberReferenceOperation reference, IFieldSymbol field)
    {
        return SymbolEqualityComparer.Default.Equals(reference.Member, field)
            || (field.AssociatedSymbol is { } property && SymbolEqualityComparer.Default.Equals(reference.Member, property));
    }
}
