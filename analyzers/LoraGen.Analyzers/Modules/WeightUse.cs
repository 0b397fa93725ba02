using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Products that a module computes with a weight itself, without calling a layer.</summary>
internal static class WeightUse
{
    private static readonly HashSet<string> Products = new(
        ["linear", "matmul", "mm", "bmm", "addmm", "einsum", "tensordot", "inner", "conv1d", "conv2d", "conv3d"], StringComparer.Ordinal);

    private static readonly HashSet<string> Lookups = new(["index_select", "index", "gather", "take_along_dim"], StringComparer.Ordinal);
    private static readonly HashSet<string> Views = new(["t", "transpose", "to", "detach", "permute", "type_as", "alias"], StringComparer.Ordinal);

    /// <summary>The product or lookup that computes with the weight, or a transposed view of it, as a layer would; null for any other use.</summary>
    public static IOperation? Of(IOperation weight)
    {
        var used = LastView(weight);
        return used.Parent switch
        {
            IPropertyReferenceOperation { Property.IsIndexer: true } rows
                when rows.Instance == used && rows.Arguments.Any(index => HoldsTensor(index.Value)) => rows,
            IInvocationOperation call when call.Instance == used && (IsProduct(call) || IsLookup(call)) => call,
            IArgumentOperation { Parent: IInvocationOperation call } when IsProduct(call) || IsLookup(call) => call,
            _ => null,
        };
    }

    /// <summary>Whether the operation is a product with a weight.</summary>
    public static bool IsProduct(IOperation operation) => operation is IInvocationOperation call && IsTorch(call, Products) && call.Type?.Name == "Tensor";

    private static IOperation LastView(IOperation weight)
    {
        var used = weight;
        while (used.Parent is { } parent && IsView(parent, used))
            used = parent;
        return used;
    }

    private static bool IsView(IOperation operation, IOperation of)
    {
        return operation switch
        {
            IConversionOperation => true,
            IPropertyReferenceOperation { Property.Name: "T" or "mT" } => true,
            IInvocationOperation call => call.Instance == of && Views.Contains(call.TargetMethod.Name),
            _ => false,
        };
    }

    private static bool IsLookup(IInvocationOperation call) => IsTorch(call, Lookups);

    private static bool IsTorch(IInvocationOperation call, HashSet<string> names)
    {
        return names.Contains(call.TargetMethod.Name) && call.TargetMethod.ContainingNamespace is { Name: "TorchSharp" };
    }

    private static bool HoldsTensor(IOperation index)
    {
        return index switch
        {
            IArrayCreationOperation { Initializer: { } items } => items.ElementValues.Any(HoldsTensor),
            IConversionOperation conversion => HoldsTensor(conversion.Operand),
            _ => index.Type?.Name == "Tensor",
        };
    }
}
