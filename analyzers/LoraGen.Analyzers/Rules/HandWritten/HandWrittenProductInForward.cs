using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class HandWrittenProductInForward() : ModuleRule(
    "LORA6005",
    "A hand-written LoRA computes the product of its matrices in every forward",
    "Every forward computes the product of {0} and {1}, a matrix as large as the layer's weight; multiply the input by {0}, then by {1}",
    DiagnosticSeverity.Info)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (module.HandWritten is not { } lora || NeedsProduct(lora))
            return;

        foreach (var product in lora.Forwards.SelectMany(forward => forward.Operations).OfType<IInvocationOperation>().Where(call => IsProduct(call, lora)))
            report.At(product.Syntax.GetLocation(), lora.NameOfA, lora.NameOfB);
    }

    // DoRA divides by the norm of W + B·A, and a product that is stored is not computed every time.
    private static bool NeedsProduct(HandWrittenLora lora)
    {
        return lora.Forwards.SelectMany(forward => forward.Operations).Any(operation => operation switch
        {
            IInvocationOperation { TargetMethod.Name: "norm" or "vector_norm" or "matrix_norm" } => true,
            IAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } } => true,
            _ => false,
        });
    }

    private static bool IsProduct(IInvocationOperation call, HandWrittenLora lora)
    {
        if (call.TargetMethod.Name is not ("matmul" or "mm"))
            return false;

        var operands = call.Arguments.Select(argument => argument.Value);
        if (call.Instance is { } instance)
            operands = operands.Prepend(instance);
        var matrices = operands.Select(Matrix).ToArray();
        return matrices.Length == 2
            && matrices.All(matrix => matrix is not null)
            && matrices.Any(matrix => matrix!.IsOf(lora.A))
            && matrices.Any(matrix => matrix!.IsOf(lora.B));
    }

    private static IMemberReferenceOperation? Matrix(IOperation operand)
    {
        return operand.Unconverted() switch
        {
            IInvocationOperation { TargetMethod.Name: "t" or "transpose" or "to", Instance: { } instance } => Matrix(instance),
            IPropertyReferenceOperation { Property.Name: "T" or "mT" or "weight", Instance: { } instance and not IInstanceReferenceOperation } =>
                Matrix(instance),
            IMemberReferenceOperation reference => reference,
            _ => null,
        };
    }
}
