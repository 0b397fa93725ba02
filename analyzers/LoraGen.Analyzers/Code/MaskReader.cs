using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>
/// Decides whether an attention mask sets scores to a huge negative number where a tensor says so that the method is given, so that it can cover a whole row.
/// A causal mask, which depends on positions alone, leaves each row its own position.
/// </summary>
internal sealed class MaskReader
{
    // Below it a float is too coarse for the difference between scores.
    private const double Huge = -1e6;

    private const int DeepEnough = 12;

    private static readonly HashSet<string> Shaped = new(
        ["zeros_like", "ones_like", "empty_like", "rand_like", "randn_like", "triu", "tril", "new_zeros", "new_ones", "new_empty"], StringComparer.Ordinal);

    private static readonly HashSet<string> OnlyInput = new(
        ["to", "type_as", "expand_as", "view_as", "reshape_as", "full_like", "new_full"], StringComparer.Ordinal);

    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    public static bool CanCoverARow(IOperation mask) => new MaskReader().IsMasking(mask, 0);

    private bool IsMasking(IOperation expression, int depth)
    {
        var value = expression.Unconverted();
        if (depth > DeepEnough || !TorchCalls.IsTensor(value))
            return false;
        if (IsMaskingItself(value))
            return true;

        return value switch
        {
            ILocalReferenceOperation { Local: var local } reference => _followed.Add(local)
                && (Assigned(reference).Any(each => IsMasking(each, depth + 1)) || Filled(reference).Any()),
            IInvocationOperation call when Shaped.Contains(call.TargetMethod.Name) => false,
            IInvocationOperation call when OnlyInput.Contains(call.TargetMethod.Name) => call.Instance is { } input && IsMasking(input, depth + 1),
            IInvocationOperation call when !TorchCalls.IsOperator(call) => call.Arguments.Any(argument => IsOfData(argument.Value))
                && Returned(call).Any(each => IsMasking(each, depth + 1)),
            _ => value.ChildOperations.Any(child => IsMasking(child is IArgumentOperation argument ? argument.Value : child, depth + 1)),
        };
    }

    private static bool IsMaskingItself(IOperation value)
    {
        return value switch
        {
            IInvocationOperation { TargetMethod.Name: "masked_fill" or "masked_fill_" } fill when TorchCalls.IsOperator(fill) =>
                TorchCalls.Value(fill, "mask") is { } mask && IsOfData(mask) && IsHuge(TorchCalls.Value(fill, "value")),
            IInvocationOperation { TargetMethod.Name: "where" } choice when TorchCalls.IsOperator(choice) =>
                Operands(choice).Any(operand => IsHuge(operand)) && Operands(choice).Any(operand => IsBoolean(operand, choice) && IsOfData(operand)),
            IInvocationOperation { TargetMethod.Name: "mul" or "mul_" } product when TorchCalls.IsOperator(product) => IsScaled(Operands(product)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product => IsScaled([product.LeftOperand, product.RightOperand]),
            _ => false,
        };
    }

    private static bool IsScaled(IEnumerable<IOperation> factors) => factors.Any(IsHuge) && factors.Any(factor => IsOfData(factor));

    private static IEnumerable<IOperation> Operands(IInvocationOperation call)
    {
        return call.Arguments.Select(argument => argument.Value).Concat(call.Instance is null ? [] : new[] { call.Instance });
    }

    // The condition: the first argument of torch.where(condition, x, y), and of x.where(condition, y).
    private static bool IsBoolean(IOperation operand, IInvocationOperation choice)
    {
        return choice.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value == operand;
    }

    // finfo(dtype).min, float.MinValue, -1e9: also as a tensor of it. Infinity gives NaN, which is seen.
    private static bool IsHuge(IOperation? expression)
    {
        var value = expression is null ? null : Resolved(expression);
        return value switch
        {
            null => false,
            { ConstantValue: { HasValue: true, Value: { } constant } } => IsHugeNumber(constant),
            IMemberReferenceOperation { Member: { Name: "min", ContainingType.Name: "FInfo" } } => true,
            IInvocationOperation { TargetMethod.Name: "tensor" or "full" or "full_like" or "scalar_tensor" or "as_tensor" or "ToScalar" or "new_full" } made =>
                Operands(made).Any(IsHuge),
            _ => false,
        };
    }

    private static bool IsHugeNumber(object constant)
    {
        return constant switch
        {
            double number => number is <= Huge and not double.NegativeInfinity,
            float number => number is <= (float)Huge and not float.NegativeInfinity,
            int number => number <= Huge,
            long number => number <= Huge,
            _ => false,
        };
    }

    private static IOperation Resolved(IOperation expression)
    {
        var value = expression.Unconverted();
        return value is ILocalReferenceOperation local && Locals.OnlyValue(local) is { } only ? only.Unconverted() : value;
    }

    // Whether the values of a tensor that the method is given decide it, not only its size, type or device.
    private static bool IsOfData(IOperation expression) => IsOfData(expression, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private static bool IsOfData(IOperation expression, HashSet<ISymbol> followed)
    {
        var value = expression.Unconverted();
        if (!TorchCalls.IsTensor(value))
            return false;

        return value switch
        {
            IParameterReferenceOperation => true,
            ILocalReferenceOperation reference => followed.Add(reference.Local) && Assigned(reference).Any(each => IsOfData(each, followed)),
            IInvocationOperation call when Shaped.Contains(call.TargetMethod.Name) => false,
            IInvocationOperation call when OnlyInput.Contains(call.TargetMethod.Name) => call.Instance is { } input && IsOfData(input, followed),
            _ => value.ChildOperations.Any(child => IsOfData(child is IArgumentOperation argument ? argument.Value : child, followed)),
        };
    }

    // What a method in the same file returns.
    private static IEnumerable<IOperation> Returned(IInvocationOperation call)
    {
        var syntax = call.TargetMethod.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).FirstOrDefault();
        return syntax is null || syntax.SyntaxTree != call.Syntax.SyntaxTree || call.SemanticModel?.GetOperation(syntax) is not { } body
            ? []
            : body.Descendants().OfType<IReturnOperation>().Select(result => result.ReturnedValue).OfType<IOperation>();
    }

    private static IEnumerable<IOperation> Assigned(ILocalReferenceOperation local)
    {
        foreach (var operation in Locals.Root(local).DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Is(declarator.Symbol) && declarator.GetVariableInitializer()?.Value is { } value:
                    yield return value;
                    break;
                case IAssignmentOperation assignment when (assignment.Target as ILocalReferenceOperation)?.Local is { } target && Is(target):
                    yield return assignment.Value;
                    break;
            }
        }

        bool Is(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol, local.Local);
    }

    // mask.masked_fill_(…) as a statement, mask[padding] = finfo.min.
    private static IEnumerable<IOperation> Filled(ILocalReferenceOperation local)
    {
        foreach (var use in Locals.Uses(local.Local, Locals.Root(local)))
        {
            switch (use.Parent)
            {
                case IInvocationOperation { TargetMethod.Name: "masked_fill_" or "mul_" } call when call.Instance == use && IsMaskingItself(call):
                    yield return call;
                    break;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Parent: IAssignmentOperation assignment } item
                    when assignment.Target == item && IsHuge(assignment.Value) && item.Arguments.Any(argument => IsOfIndex(argument.Value)):
                    yield return item;
                    break;
            }
        }
    }

    private static bool IsOfIndex(IOperation index) => index.DescendantsAndSelf().Any(each => TorchCalls.IsTensor(each) && IsOfData(each));
}
