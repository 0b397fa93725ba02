using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class HandWrittenScalesBase() : ModuleRule(
    "LORA6003",
    "A hand-written LoRA scales the base layer's output",
    "The scaling multiplies the output of {0} as well as the update of {1} and {2}, so the model changes before any training; multiply only the update",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (module.HandWritten is not { Base: { } layer } lora)
            return;

        foreach (var forward in lora.Forwards)
        {
            var locals = new LocalValues(forward);
            foreach (var product in forward.Operations.Where(operation => Factors(operation) is { } factors && ScalesBoth(factors, lora, locals)))
                report.At(product.Syntax.GetLocation(), OfUpdateAlone(product, lora), FieldWrite.NameOf(layer), lora.NameOfA, lora.NameOfB);
        }
    }

    // (base + update) * scaling becomes base + update * scaling.
    private static FixHint? OfUpdateAlone(IOperation product, HandWrittenLora lora)
    {
        if (product.Syntax is not BinaryExpressionSyntax
            {
                Left: ParenthesizedExpressionSyntax { Expression: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum },
                Right: var scaling,
            }
            || Addends(((IBinaryOperation)product).LeftOperand) is not { } addends)
        {
            return null;
        }

        return addends.Right.DescendantsAndSelf().Any(lora.IsMatrixMention)
            ? FixHint.Replace($"{sum.Left} + {Factor(sum.Right)} * {scaling}")
            : FixHint.Replace($"{Factor(sum.Left)} * {scaling} + {sum.Right}");
    }

    private static string Factor(ExpressionSyntax expression) => expression is BinaryExpressionSyntax ? $"({expression})" : expression.ToString();

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
