using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Evaluates integers: constants, arithmetic on them, and locals and members that are assigned such a value once.</summary>
internal sealed class KnownNumbers(AssignedValues values)
{
    private const int DeepEnough = 16;

    /// <summary>Null if it isn't known.</summary>
    public long? Of(IOperation? operation) => Of(operation, 0);

    private long? Of(IOperation? operation, int depth)
    {
        if (operation is null || depth > DeepEnough)
            return null;
        if (operation.ConstantValue is { HasValue: true, Value: { } constant })
            return Integer(constant);

        return operation switch
        {
            IConversionOperation { OperatorMethod: null } conversion => Of(conversion.Operand, depth + 1),
            IParenthesizedOperation inner => Of(inner.Operand, depth + 1),
            IBinaryOperation { OperatorMethod: null } binary =>
                Compute(binary.OperatorKind, Of(binary.LeftOperand, depth + 1), Of(binary.RightOperand, depth + 1)),
            ILocalReferenceOperation local => Of(Locals.OnlyValue(local), depth + 1),
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } reference when IsOwn(reference) => Member(field, depth),
            IPropertyReferenceOperation { Property: { SetMethod: null, IsVirtual: false, IsOverride: false, IsAbstract: false } property } reference
                when IsOwn(reference) => Member(property, depth),
            _ => null,
        };
    }

    private long? Member(ISymbol member, int depth)
    {
        return values.Of(member, member.ContainingType) is { Count: 1 } given ? Of(given[0], depth + 1) : null;
    }

    private static bool IsOwn(IMemberReferenceOperation reference) => reference.Instance is null or IInstanceReferenceOperation;

    private static long? Compute(BinaryOperatorKind kind, long? left, long? right)
    {
        if (left is not { } a || right is not { } b)
            return null;

        try
        {
            return kind switch
            {
                BinaryOperatorKind.Add => checked(a + b),
                BinaryOperatorKind.Subtract => checked(a - b),
                BinaryOperatorKind.Multiply => checked(a * b),
                BinaryOperatorKind.Divide when b != 0 => a / b,
                BinaryOperatorKind.Remainder when b != 0 => a % b,
                BinaryOperatorKind.LeftShift when a >= 0 && b is >= 0 and < 31 && a < int.MaxValue => a << (int)b,
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static long? Integer(object constant)
    {
        return constant switch
        {
            int number => number,
            long number => number,
            short number => number,
            byte number => number,
            sbyte number => number,
            ushort number => number,
            uint number => number,
            _ => null,
        };
    }
}
