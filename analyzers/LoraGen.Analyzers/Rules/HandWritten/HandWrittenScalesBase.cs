using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class HandWrittenScalesBase() : ModuleRule(
    "LORA6003",
    "A hand-written LoRA scales the base layer's output",
    "The scaling multiplies the output of {0} as well as the update of {1} and {2}, so the model changes before any training; multiply the update alone",
    DiagnosticSeverity.Warning)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (HandWrittenLora.Of(module) is not { Base: { } layer } lora)
            return;

        foreach (var forward in lora.Forwards)
        {
            var locals = new LocalValues(forward);
            foreach (var product in forward.Operations.Where(operation => Factors(operation) is { } factors && ScalesBoth(factors, lora, locals)))
                report.At(product.Syntax.GetLocation(), FieldWrite.NameOf(layer), lora.NameOfA, lora.NameOfB);
        }
    }

    private static bool ScalesBoth((IOperation Left, IOperation Right) factors, HandWrittenLora lora, LocalValues locals)
    {
        return (IsSumOfBoth(factors.Left) && locals.Contains(factors.Right, IsScaling))
            || (IsSumOfBoth(factors.Right) && locals.Contains(factors.Left, IsScaling));

        bool IsSumOfBoth(IOperation operation)
        {
            return Addends(locals.Of(operation)) is { } addends
                && (IsBaseAndUpdate(addends.Left, addends.Right) || IsBaseAndUpdate(addends.Right, addends.Left));
        }

        bool IsBaseAndUpdate(IOperation output, IOperation update)
        {
            return locals.Contains(output, lora.IsBaseCall)
                && !locals.Contains(output, lora.IsMatrixMention)
                && locals.Contains(update, lora.IsMatrixMention)
                && !locals.Contains(update, lora.IsBaseCall);
        }
    }

    private static bool IsScaling(IOperation operation)
    {
        return operation switch
        {
            IMemberReferenceOperation { Instance: IInstanceReferenceOperation } reference => HandWrittenLora.IsScaling(reference.Member.Name),
            IParameterReferenceOperation reference => HandWrittenLora.IsScaling(reference.Parameter.Name),
            _ => false,
        };
    }

    private static (IOperation Left, IOperation Right)? Factors(IOperation operation) => Operands(operation, BinaryOperatorKind.Multiply, "mul");

    private static (IOperation Left, IOperation Right)? Addends(IOperation operation) => Operands(operation, BinaryOperatorKind.Add, "add");

    private static (IOperation Left, IOperation Right)? Operands(IOperation operation, BinaryOperatorKind kind, string method)
    {
        return operation switch
        {
            IBinaryOperation binary when binary.OperatorKind == kind => (binary.LeftOperand, binary.RightOperand),
            IInvocationOperation { Instance: { } instance, Arguments: { Length: 1 } arguments } call when call.TargetMethod.Name == method =>
                (instance, arguments[0].Value),
            _ => null,
        };
    }
}
