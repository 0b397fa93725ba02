using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Products that a module computes with a weight itself, without calling a layer.</summary>
internal static class WeightUse
{
    private static readonly HashSet<string> Products = new(["linear", "matmul", "mm", "bmm", "addmm", "einsum", "tensordot", "inner"], StringComparer.Ordinal);
    private static readonly HashSet<string> Views = new(["t", "transpose", "to", "detach", "permute", "type_as", "alias"], StringComparer.Ordinal);

    /// <summary>The product in which the weight, or a transposed view of it, is a factor; null for any other use.</summary>
    public static IInvocationOperation? Product(IOperation weight)
    {
        for (var use = weight; ;)
        {
            switch (use.Parent)
            {
                case IConversionOperation conversion:
                    use = conversion;
                    continue;
                case IPropertyReferenceOperation { Property.Name: "T" or "mT" } view:
                    use = view;
                    continue;
                case IInvocationOperation call when call.Instance == use && Views.Contains(call.TargetMethod.Name):
                    use = call;
                    continue;
                case IInvocationOperation call when call.Instance == use:
                    return IsProduct(call) ? call : null;
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return IsProduct(call) ? call : null;
                default:
                    return null;
            }
        }
    }

    private static bool IsProduct(IInvocationOperation call)
    {
        return Products.Contains(call.TargetMethod.Name)
            && call.TargetMethod.ContainingNamespace is { Name: "TorchSharp" }
            && call.Type?.Name == "Tensor";
    }
}
